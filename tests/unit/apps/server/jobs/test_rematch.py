import asyncio
from pathlib import Path

import pytest

from oakum.apps import wiring
from oakum.apps.server.job import Work
from oakum.apps.server.jobs.rematch import JUDGED_BY, rematch
from oakum.model.advisory import Advisory, Event, Range
from oakum.model.artifact import Artifact, Layer
from oakum.model.fleet import Container, FleetImage
from oakum.model.inventory import Inventory
from oakum.testing.advisories import KnownAdvisories
from oakum.testing.inventory import installed

ID = "sha256:" + "1" * 64
NEW = Advisory(
    "CVE-2026-9",
    "osv:PyPI",
    "PyPI",
    "lib",
    ranges=(Range((Event("introduced", "0"), Event("fixed", "2"))),),
    fixed=("2",),
)


def test_what_is_newly_affected_and_runs_is_an_incident_with_the_fix(
    work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    layers = (Layer("sha256:l", "", "COPY vendor"),)
    artifact = Artifact("docker:shop:1", "docker", image_id=ID, names=("shop:1",), layers=layers)
    work.fleet.keep_image(FleetImage(artifact, Inventory(None, (installed("pypi", "lib", "1", layer=0),)), ""), [])
    work.fleet.keep_containers(
        [Container("c" * 64, "h", "shop", image_id=ID, state="running", started="2026-11-25T10:00:00Z")]
    )
    database = tmp_path / "advisories.db"
    database.write_bytes(b"1")
    monkeypatch.setenv("OAKUM_DB", str(database))
    known = [KnownAdvisories(), KnownAdvisories([NEW])]
    monkeypatch.setattr(wiring, "open_advisories", lambda _: known[0])
    asyncio.run(rematch.run(work))  # type: ignore[arg-type] # it is a coroutine
    assert work.fleet.incidents()[0] == []
    work.ledger.set_setting(JUDGED_BY, "sha256:other")
    database.write_bytes(b"22")
    known.pop(0)
    for _ in range(2):
        asyncio.run(rematch.run(work))  # type: ignore[arg-type] # as above
    (incident,) = work.fleet.incidents()[0]
    assert (incident.kind, incident.container) == ("newly_affected", "c" * 64)
    assert "COPY vendor; take 2" in incident.cause
    assert [one.id for one in work.fleet.image(ID)[1]] == ["CVE-2026-9"]  # type: ignore[index] # it is there
