"""How the examples were made.

Those of npm's packages were written by Deno 1.46 (form 3), 2.2 (form 4) and 2.9 (form 5); the second form and those of
JSR's packages by the description of the format and its own tests (denoland/deno_lockfile).
"""

import json

import pytest

from oakum.facts.catalogers.deno_lock import deno_lock
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Package
from oakum.testing.files import read


def packages(lock: object, path: str = "deno.lock") -> list[tuple[str, str, str, tuple[str, ...]]]:
    facts = read(deno_lock, {path: json.dumps(lock).encode()})
    return [(one.type, one.name, one.version, one.depends) for one in facts if isinstance(one, Package)]


def test_peers_are_no_part_of_the_version() -> None:
    npm = {"@s/a@1.0.0-rc.1_@s+peer@2.0.0__c@3.0.0": {"dependencies": ["c"]}, "c@3.0.0": {}}
    assert packages({"version": "5", "npm": npm}) == [
        ("npm", "@s/a", "1.0.0-rc.1", ("c",)),
        ("npm", "c", "3.0.0", ()),
    ]


def test_entries_with_other_peers_are_one_package() -> None:
    npm = {"a@1_b@1": {"dependencies": ["b@1"]}, "a@1_b@2": {"dependencies": ["b@2"]}, "b@1": {}, "b@2": {}}
    assert packages({"version": "4", "npm": npm}) == [
        ("npm", "a", "1", ("b 1", "b 2")),
        ("npm", "b", "1", ()),
        ("npm", "b", "2", ()),
    ]


@pytest.mark.parametrize("need", ["b@2.0.0_c@1", "other@npm:b@2.0.0_c@1", "@s/other@npm:b@2.0.0_c@1"])
def test_a_need_names_its_entry_also_under_another_name(need: str) -> None:
    npm = {"a@1": {"dependencies": [need]}, "b@1.0.0": {}, "b@2.0.0_c@1": {}}
    assert packages({"version": "5", "npm": npm})[0] == ("npm", "a", "1", ("b 2.0.0",))


def test_what_only_optional_needs_lead_to_is_optional() -> None:
    npm = {
        "a@1": {"dependencies": ["b"], "optionalDependencies": ["c"], "optionalPeers": ["d"]},
        "b@1": {},
        "c@1": {"dependencies": ["b", "e"]},
        "d@1": {},
        "e@1": {},
        "unreached@1": {},
    }
    lock = {"version": "5", "specifiers": {"npm:a@1": "1"}, "npm": npm}
    facts = read(deno_lock, {"deno.lock": json.dumps(lock).encode()})
    assert [one.name for one in facts if isinstance(one, Package) and one.scope == "optional"] == ["c", "d", "e"]
    assert packages(lock)[0][3] == ("b", "c", "d")


@pytest.mark.parametrize(
    ("need", "edge"),
    [
        ("jsr:@s/b@1", ("@s/b 1.2.0",)),
        ("jsr:@s/b@2", ("@s/b 2.0.0",)),
        ("jsr:@s/b", ()),
        ("npm:c", ("c",)),
        ("npm:c@1", ("c",)),
        ("npm:d", ("d 1.0.0",)),
        ("jsr:@s/none", ()),
    ],
)
def test_a_package_of_jsr_asks_as_the_project_does(need: str, edge: tuple[str, ...]) -> None:
    lock = {
        "version": "5",
        "specifiers": {"jsr:@s/b@1": "1.2.0", "jsr:@s/b@2": "2.0.0", "npm:c@1": "1.0.0_p@1", "npm:d@1": "1.0.0"},
        "jsr": {"@s/a@1.0.0": {"dependencies": [need]}, "@s/b@1.2.0": {}, "@s/b@2.0.0": {}},
        "npm": {"c@1.0.0_p@1": {}, "d@1.0.0": {}, "d@2.0.0": {}},
    }
    found = {(kind, name, version): depends for kind, name, version, depends in packages(lock)}
    assert found["jsr", "@s/a", "1.0.0"] == edge


def test_addresses_are_no_packages() -> None:
    assert packages({"https://example.com/mod.ts": "1234"}) == []
    assert packages({"version": "3", "remote": {"https://example.com/mod.ts": "1234"}}) == []


def test_a_form_that_is_not_known_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"not known \(6\)"):
        packages({"version": "6", "npm": {}})


def test_a_lock_file_that_came_with_a_package_is_left_out() -> None:
    assert packages({"version": "5", "npm": {"a@1": {}}}, "node_modules/x/deno.lock") == []


def test_wrong_types_read_as_empty() -> None:
    lock = {"version": "4", "specifiers": {"npm:a": 3}, "npm": {"a@1": [], "b@1": {"dependencies": {"a": 1}}}, "jsr": 3}
    assert packages(lock) == [("npm", "a", "1", ()), ("npm", "b", "1", ())]
