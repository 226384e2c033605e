"""A new advisory reaches what runs, by stored packages alone, and says the same as a new judgement of the image."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oakum.adapters.store.fleet import StoredFleet
from oakum.flows.judge_inventory import find
from oakum.flows.rejudge_fleet import rejudge_fleet
from oakum.model.artifact import Artifact, Layer
from oakum.model.finding import Finding
from oakum.model.fleet import Container, FleetImage
from oakum.model.inventory import Inventory
from oakum.ports.fleet import Fleet
from oakum.testing.advisories import KnownAdvisories
from oakum.testing.inventory import BOOKWORM, advisory, installed, ranged
from oakum.testing.stores import MemoryFleet

OPENSSL = installed("deb", "libssl3", "3.0.11-1", source="openssl 3.0.11-1", layer=1)
OLD_SSL = installed("deb", "libssl3", "3.0.9-1", source="openssl 3.0.9-1")
SIX = installed("pypi", "six", "1.16.0")
OWNED = installed("pypi", "six", "1.16.0", owner="pkg:deb/debian/python3-six@1.16.0-4")

FIRST = (advisory("DSA-1", "Debian:12 openssl", ranged("introduced 0", "fixed 3.0.10-1"), aliases=("CVE-2026-1",)),)
SECOND = (
    *FIRST,
    advisory("DSA-2", "Debian:12 openssl", ranged("introduced 0", "fixed 3.0.13-1"), aliases=("CVE-2026-2",)),
    advisory("GHSA-1", "PyPI six", ranged("introduced 0", "fixed 1.17.0"), aliases=("CVE-2026-3",)),
)


@pytest.fixture(params=["memory", "sqlite"])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fleet]:
    one: Fleet = MemoryFleet() if request.param == "memory" else StoredFleet(str(tmp_path / "fleet.db"))
    yield one
    one.close()


def image(number: int, inventory: Inventory) -> FleetImage:
    layers = (Layer("sha256:0", "", "ADD"), Layer("sha256:1", "", "RUN apt-get install openssl"))
    return FleetImage(
        Artifact(f"docker:app{number}", "docker", image_id=f"sha256:{number:064x}", layers=layers), inventory
    )


def sorted_(findings: tuple[Finding, ...] | list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.installed.purl, one.id))


def test_a_new_advisory_names_what_is_newly_affected(fleet: Fleet) -> None:
    images = [image(1, Inventory(BOOKWORM, (OPENSSL, SIX))), image(2, Inventory(BOOKWORM, (OLD_SSL, OWNED)))]
    for one in images:
        fleet.keep_image(one, find(one.inventory, KnownAdvisories(FIRST)).findings)
    fleet.keep_containers([Container("c" * 64, "h1", image_id=f"sha256:{1:064x}", state="running")])
    new = rejudge_fleet(fleet, KnownAdvisories(SECOND))
    assert [(row.image, row.finding, row.fixed_versions, row.instruction, row.containers) for row in new] == [
        ("docker:app1", "CVE-2026-2", ("3.0.13-1",), "RUN apt-get install openssl", ("c" * 64,)),
        ("docker:app1", "CVE-2026-3", ("1.17.0",), "ADD", ("c" * 64,)),
        ("docker:app2", "CVE-2026-2", ("3.0.13-1",), "ADD", ()),
    ]
    assert rejudge_fleet(fleet, KnownAdvisories(SECOND)) == []
    for one in images:
        kept = fleet.image(one.artifact.image_id)
        assert kept is not None
        assert sorted_(kept[1]) == sorted_(find(one.inventory, KnownAdvisories(SECOND)).findings)


def test_an_advisory_that_was_withdrawn_is_gone(fleet: Fleet) -> None:
    one = image(1, Inventory(BOOKWORM, (OPENSSL,)))
    fleet.keep_image(one, find(one.inventory, KnownAdvisories(SECOND)).findings)
    assert fleet.affected(finding="CVE-2026-2") != []
    assert rejudge_fleet(fleet, KnownAdvisories(())) == []
    assert fleet.affected(finding="CVE-2026-2") == []
