from oakum.facts.declared import DEV, OPTIONAL, edge, merged, reached, scope_of
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model.fact import Gap, Package


def entry(name: str, *depends: str, scope: str = "") -> Package:
    return Package("npm", name, "1", "a.lock", depends=depends, scope=scope)


def test_entries_of_one_package_are_one() -> None:
    entries = [entry("a", "x", scope=DEV), entry("b"), entry("a", "y", scope=OPTIONAL), entry("a", scope=DEV)]
    assert list(merged(entries)) == [entry("a", "x", "y", scope=OPTIONAL), entry("b")]
    assert list(merged([entry("a", scope=DEV), entry("a")])) == [entry("a")]


def test_what_is_too_long_is_a_gap() -> None:
    (fact,) = merged([entry("a" * (FIELD_CHARACTERS + 1))])
    assert isinstance(fact, Gap)


def test_an_edge_has_a_version_where_there_are_several() -> None:
    assert edge("a", "1", {"a": ["1", "2"]}) == "a 1"
    assert edge("a", "1", {"a": ["1"]}) == "a"
    assert edge("a", "1", {}) == "a"


def test_cycles_are_walked_once() -> None:
    assert reached(["a"], {"a": ["b"], "b": ["a", "c"]}) == {"a", "b", "c"}


def test_scopes() -> None:
    assert [scope_of(key, {"a"}, {"a", "b"}) for key in "abc"] == ["", OPTIONAL, DEV]


def test_a_package_of_very_many_entries_is_joined_in_their_number() -> None:
    many = [Package("npm", "a", "1", "lock", depends=(f"b{number}",), scope=DEV) for number in range(20_000)]
    (joined,) = merged([*many, Package("npm", "a", "1", "lock")])
    assert isinstance(joined, Package)
    assert joined.scope == ""
    assert joined.depends[:2] == ("b0", "b1")
