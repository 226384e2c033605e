import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from oakum.kit.errors import DamagedError, LimitError, UnreadableError
from oakum.kit.limits import TREE_DEPTH, TREE_NODES, YAML_BYTES
from oakum.kit.yaml import document, documents


def test_scalars_stay_as_they_were_written() -> None:
    data = b"version: 1.10\ndate: 2020-01-01\nyes: 010\ntext: '~'\nnone: ~\nempty:\ntrue: [on, null]\n"
    assert document(data) == {
        "version": "1.10",
        "date": "2020-01-01",
        "yes": "010",
        "text": "~",
        "none": None,
        "empty": None,
        "true": ["on", None],
    }


def test_several_documents() -> None:
    assert documents(b"a: 1\n---\n- b\n") == [{"a": "1"}, ["b"]]
    assert documents(b"") == []
    assert document(b"# nothing\n") is None


@pytest.mark.parametrize(
    "data",
    [
        b"a: &x [1]\nb: *x\n",
        b"&x a: 1\n*x : 2\n",
        b"a: 1\na: 2\n",
        b"? [a]\n: 1\n",
        b"{",
        b"a: b: c",
        b"\xff\xfe\x00",
        b"- \x01",
    ],
)
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        documents(data)


def test_tags_make_no_objects() -> None:
    assert document(b"!!python/object/apply:os.system [ls]") == ["ls"]
    assert document(b"a: !!int '3'") == {"a": "3"}


@pytest.mark.parametrize("data", [b"[" * 200_000, b"- " * 200_000, b"{a: " * 200_000, b"? " * 200_000])
def test_depth_has_an_end(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        documents(data)
    assert document(b"[" * TREE_DEPTH + b"]" * TREE_DEPTH)


def test_size_and_number_have_an_end() -> None:
    with pytest.raises(LimitError):
        documents(b" " * (YAML_BYTES + 1))
    with pytest.raises(LimitError):
        documents(b"[" + b"1," * TREE_NODES + b"]")


_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)
"""PyYAML itself does not write the line separators of YAML 1.1 in a way that it reads back."""

_TREES = st.recursive(
    st.none() | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(_TREES)
def test_what_was_written_is_read(tree: object) -> None:
    assert document(yaml.safe_dump(tree, allow_unicode=True).encode()) == tree


@given(st.binary(max_size=300) | st.text(alphabet="ab:-[]{}&*?!|>'\"#,\n \t%", max_size=60).map(str.encode))
def test_anything_raises_only_what_is_promised(data: bytes) -> None:
    try:
        documents(data)
    except UnreadableError:
        return
