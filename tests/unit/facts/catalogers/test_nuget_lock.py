import json

from oakum.facts.catalogers.nuget_lock import nuget_lock
from oakum.model.fact import Package
from oakum.testing.files import read


def packages(frameworks: object) -> list[tuple[str, str, tuple[str, ...]]]:
    facts = read(nuget_lock, {"packages.lock.json": json.dumps({"version": 1, "dependencies": frameworks}).encode()})
    return [(one.name, one.version, one.depends) for one in facts if isinstance(one, Package)]


def test_one_package_for_frameworks_that_agree() -> None:
    entry = {"A": {"type": "Direct", "resolved": "1.0"}}
    assert packages({"net6.0": entry, "net8.0": entry}) == [("A", "1.0", ())]


def test_an_edge_leads_to_the_version_of_its_framework() -> None:
    def framework(version: str) -> dict[str, object]:
        return {"A": {"resolved": "1", "dependencies": {"B": "0"}}, "B": {"resolved": version}}

    found = packages({"net6.0": framework("2"), "net8.0": framework("3")})
    assert found == [("A", "1", ("B 2",)), ("B", "2", ()), ("A", "1", ("B 3",)), ("B", "3", ())]


def test_projects_are_no_packages() -> None:
    assert packages({"net8.0": {"own": {"type": "Project"}}}) == []
