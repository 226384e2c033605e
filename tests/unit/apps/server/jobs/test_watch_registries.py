import asyncio
from collections.abc import Iterator

import msgspec
import pytest

from oakum.apps import wiring
from oakum.apps.server.job import Work
from oakum.apps.server.jobs.watch_registries import watch_registries
from oakum.flows.watch_registry import REGISTRIES, WOKEN
from oakum.kit.errors import TryLaterError
from oakum.model.api import RegistryWatch
from oakum.model.artifact import Artifact
from oakum.model.fleet import FleetImage
from oakum.model.inventory import Inventory

OLD, NEW = "sha256:" + "a" * 64, "sha256:" + "b" * 64


class Catalog:
    """Implements ``ports.registries.Catalog``."""

    def __init__(self) -> None:
        self.looks, self.points, self.away = 0, OLD, False

    def repositories(self) -> Iterator[str]:
        self.looks += 1
        if self.away:
            raise TryLaterError("it cannot be reached")
        yield from ("shop", "other/app")

    def tags(self, repository: str) -> Iterator[str]:
        yield from ("live", "dev") if repository == "shop" else ("x",)

    def digest(self, repository: str, tag: str) -> str:
        assert (repository, tag) == ("shop", "live")
        return self.points


@pytest.fixture
def catalog(monkeypatch: pytest.MonkeyPatch, work: Work) -> Catalog:
    made = Catalog()
    monkeypatch.setattr(wiring, "catalog", lambda *_: made)
    watch = RegistryWatch("r.example", ("sh*",), ("live",), every=3600)
    work.ledger.set_setting(REGISTRIES, msgspec.json.encode([watch]).decode())
    for number, digest in enumerate((OLD, NEW)):
        artifact = Artifact(f"registry:{number}", "registry", digest, f"sha256:{number:064}")
        work.fleet.keep_image(FleetImage(artifact, Inventory(), ""), [])
    return made


def run(work: Work) -> None:
    asyncio.run(watch_registries.run(work))  # type: ignore[arg-type] # it is a coroutine


def test_a_tag_of_a_known_image_is_noted_and_a_move_is_an_incident_once(work: Work, catalog: Catalog) -> None:
    run(work)
    assert work.fleet.tagged("r.example/shop", "live") == OLD
    assert work.fleet.incidents()[0] == []
    catalog.points = NEW
    for number in range(2):
        work.ledger.set_setting(WOKEN, str(number))
        run(work)
    (incident,) = work.fleet.incidents()[0]
    assert incident.kind == "tag_moved"
    assert OLD in incident.cause
    assert NEW in incident.cause


def test_it_waits_for_its_time_or_until_it_is_woken(work: Work, catalog: Catalog) -> None:
    run(work)
    run(work)
    assert catalog.looks == 1
    work.ledger.set_setting(WOKEN, "now")
    run(work)
    assert catalog.looks == 2


def test_a_registry_that_is_away_is_said_until_it_answers(work: Work, catalog: Catalog) -> None:
    catalog.away = True
    with pytest.raises(TryLaterError, match="cannot be reached"):
        run(work)
    with pytest.raises(TryLaterError):
        run(work)
    catalog.away = False
    work.ledger.set_setting(WOKEN, "now")
    run(work)
