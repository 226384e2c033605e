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


def test_a_worker_that_dies_before_the_move_is_kept_says_it_once_all_the_same(
    work: Work, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(work)
    catalog.points = NEW
    work.ledger.set_setting(WOKEN, "1")
    with monkeypatch.context() as dying:
        dying.setattr(work.fleet, "move_tag", lambda _: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            run(work)
    assert work.fleet.tagged("r.example/shop", "live") == OLD
    work.ledger.set_setting(WOKEN, "2")
    run(work)
    (incident,) = work.fleet.incidents()[0]
    assert incident.cause == f"r.example/shop:live pointed at {OLD} and points at {NEW}"
    for back, woken in ((OLD, "3"), (NEW, "4")):
        catalog.points = back
        work.clock.go(minutes=1)  # type: ignore[attr-defined] # it is one that is moved
        work.ledger.set_setting(WOKEN, woken)
        run(work)
    assert len(work.fleet.incidents()[0]) == 3
