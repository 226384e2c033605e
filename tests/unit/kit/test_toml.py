import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.kit.errors import DamagedError, LimitError, UnreadableError
from oakum.kit.limits import TOML_BYTES, TOML_KEY_PARTS
from oakum.kit.toml import document


def test_a_document_is_read() -> None:
    assert document(b'[a.b]\nc = "1.10"\n[[d]]\ne = [1, {f = 2}]\n') == {
        "a": {"b": {"c": "1.10"}},
        "d": [{"e": [1, {"f": 2}]}],
    }


@pytest.mark.parametrize("data", [b"a", b"a = 1\na = 2", b"\xff", b"a = [", b"a = " + b"9" * 5_000])
def test_what_is_no_toml(data: bytes) -> None:
    with pytest.raises(DamagedError):
        document(data)


@pytest.mark.parametrize(
    "data",
    [
        b"a = " + b"[" * 100_000,
        b"a = " + b"[" * 90 + b"]" * 90,
        b"a." * 100_000 + b"b = 1",
        b"a = {" + b"'x' . " * 100_000 + b"b = 1}",
        b"[" + b'"x"\t.\t' * 1_000 + b"b]",
        b"#" * (TOML_BYTES + 1),
    ],
)
def test_depth_and_size_have_an_end(data: bytes) -> None:
    with pytest.raises(LimitError):
        document(data)


def test_dots_in_texts_are_no_keys() -> None:
    dots = ".".join("https://a.example/1.2.3" for _ in range(3)) + "." * 100
    assert document(f'a = "{dots}"'.encode()) == {"a": dots}
    key = ".".join("a" for _ in range(TOML_KEY_PARTS))
    assert document(f"{key} = 1".encode())


@given(st.binary(max_size=300) | st.text(alphabet="ab=.[]{}'\"#,\n \t1", max_size=60).map(str.encode))
def test_anything_raises_only_what_is_promised(data: bytes) -> None:
    try:
        document(data)
    except UnreadableError:
        return
