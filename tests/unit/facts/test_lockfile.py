import pytest

from oakum.facts.files import File
from oakum.facts.lockfile import edges, exact, fields, json_of, release, table_of, xml_of, yaml_of
from oakum.kit.errors import LimitError, UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS, TREE_NODES
from oakum.model.fact import Gap, Package


def file(data: bytes) -> File:
    return File("x", len(data), data)


def test_json_with_a_mark_and_a_wrong_byte() -> None:
    assert json_of(file(b'\xef\xbb\xbf{"a": "\xe9"}')) == {"a": "\ufffd"}


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b'{"a": 1} b'])
def test_no_json_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        json_of(file(data))


def test_json_of_too_many_values_is_not_read() -> None:
    with pytest.raises(LimitError):
        json_of(file(b"[" + b"1," * TREE_NODES + b"1]"))


@pytest.mark.parametrize("data", [b"[]", b"3", b"null"])
def test_no_object_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        table_of(file(data))


def test_empty_yaml_is_an_empty_mapping_and_a_list_is_none() -> None:
    assert yaml_of(file(b"")) == yaml_of(file(b"# nothing\n")) == {}
    with pytest.raises(UnreadableError):
        yaml_of(file(b"- a\n"))


def test_fields_of_the_first_paragraph_the_first_of_a_name() -> None:
    assert fields("\nA: 1\nB: 2\n more\nA: 3\nC: 4\n\nD: 5\n", {"A", "B", "D"}) == {"A": "1", "B": "2\nmore"}


def test_a_field_without_end_is_cut() -> None:
    found = fields("A: 1\n" + " x\n" * 100_000, {"A"})
    assert len(found["A"]) < 2 * FIELD_CHARACTERS


@pytest.mark.parametrize(("name", "version", "word"), [("", "1", "name"), ("a", "", "version")])
def test_what_names_no_release_is_a_gap(name: str, version: str, word: str) -> None:
    gap = release(Package("gem", name, version, "x"))
    assert isinstance(gap, Gap)
    assert word in gap.what


def test_edges_are_named_once_and_by_names_that_can_be() -> None:
    assert edges(["a", "", "b", "a", "x" * (FIELD_CHARACTERS + 1)]) == ("a", "b")


def test_a_version_is_named_where_several_bear_the_name() -> None:
    assert exact([("a", "1"), ("b", "1"), ("b", "2"), ("a", "1")]) == {
        ("a", "1"): "a",
        ("b", "1"): "b 1",
        ("b", "2"): "b 2",
    }


def test_elements_of_xml_in_their_order() -> None:
    found = xml_of(file(b'<a xmlns="urn:x"><b><c/></b><d/></a>'))
    assert [one.tag for one in found] == ["a", "b", "c", "d"]


def test_xml_with_too_many_elements_or_an_unknown_encoding_is_not_read() -> None:
    with pytest.raises(LimitError):
        list(xml_of(file(b"<a>" + b"<b/>" * (TREE_NODES + 1))))
    with pytest.raises(UnreadableError):
        list(xml_of(file(b'<?xml version="1.0" encoding="no-such"?><a/>')))
