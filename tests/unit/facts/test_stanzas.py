from oakum.facts.stanzas import field, relations, stanzas
from oakum.kit.limits import RELATION_CHARACTERS


def test_fields_stand_at_the_beginning_of_a_line() -> None:
    (stanza,) = stanzas("Package: a\nDescription: x\n Version: 9\nVersion: 1\n\n \n")
    assert (field(stanza, "Package"), field(stanza, "Version"), field(stanza, "Source")) == ("a", "1", "")


def test_relations_are_names() -> None:
    assert relations("a (>= 1) | b, c:any, d[amd64] <!nocheck>,, ") == ["a", "b", "c", "d"]
    assert relations("a," * RELATION_CHARACTERS) == []
