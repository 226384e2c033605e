from oakum.facts.bounds import bounded, statement
from oakum.kit import limits
from oakum.model.fact import Gap, Package

LONG = "x" * (limits.FIELD_CHARACTERS + 1)


def test_control_characters_are_kept() -> None:
    package = Package("deb", "a\x1b[31m", "1\n", "x")
    assert bounded(package) is package


def test_what_is_too_long_is_a_gap() -> None:
    assert isinstance(bounded(Package("deb", LONG, "1", "x")), Gap)
    assert isinstance(bounded(Package("deb", "a", LONG, "x")), Gap)


def test_a_licence_is_a_statement_or_nothing() -> None:
    assert statement(" MIT ") == ("MIT",)
    assert statement("") == statement("one\ntwo") == statement(LONG) == ()
