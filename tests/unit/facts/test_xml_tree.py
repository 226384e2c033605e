import pytest

from oakum.facts import xml_tree
from oakum.facts.xml_tree import tree_of
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import SBOM_DEPTH

_BOMB = b"""<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>"""
_OUTSIDE = b"""<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"""


def test_elements_have_names_spaces_attributes_and_text() -> None:
    root = tree_of(b'<a xmlns="urn:x"><b c="d">one<e/> two</b><b/></a>')
    assert (root.tag, root.space) == ("a", "urn:x")
    first = root.child("b")
    assert (first.attributes, first.text) == ({"c": "d"}, "one two")
    assert len(root.every("b")) == 2
    assert root.child("none").text == ""


@pytest.mark.parametrize("data", [_BOMB, _OUTSIDE, b"<!DOCTYPE a><a/>"])
def test_a_document_type_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError, match="document type"):
        tree_of(data)


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a>&x;</a>", b"<a></b>", b"\xff<a/>", b"<a/><b/>"])
def test_what_is_no_xml_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        tree_of(data)


_ATTRIBUTES = b" ".join(b"x%d='1'" % number for number in range(40))


@pytest.mark.parametrize("data", [b"<a>" + b"<b/>" * 40 + b"</a>", b"<a " + _ATTRIBUTES + b"/>"])
def test_the_number_of_parts_has_a_limit(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(xml_tree, "TREE_NODES", 30)
    with pytest.raises(LimitError):
        tree_of(data)


def test_depth_has_a_limit() -> None:
    assert tree_of(b"<a>" * SBOM_DEPTH + b"</a>" * SBOM_DEPTH).tag == "a"
    with pytest.raises(LimitError):
        tree_of(b"<a>" * (SBOM_DEPTH + 1) + b"</a>" * (SBOM_DEPTH + 1))
