import asyncio
import os

import pytest

from oakum.adapters.snapshot_file import SnapshotFile
from oakum.apps import wiring
from oakum.apps.server.backing import POLICIES
from oakum.apps.server.job import Work
from oakum.apps.server.jobs.make_snapshot import make_snapshot
from oakum.model.artifact import Artifact
from oakum.model.fleet import FleetImage, TagMove
from oakum.model.inventory import Inventory
from oakum.testing.advisories import KnownAdvisories
from oakum.testing.inventory import BOOKWORM, installed

ID, DIGEST = "sha256:" + "1" * 64, "sha256:" + "2" * 64
POLICY = "oakum: policy/1\nname: mine\ntitle: t\nseverity: low\nwhen: privileged\nthen: {deploy: deny}\n"


@pytest.fixture(autouse=True)
def advisories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "open_advisories", lambda _: KnownAdvisories())


def run(work: Work) -> SnapshotFile:
    asyncio.run(make_snapshot.run(work))  # type: ignore[arg-type] # it is a coroutine
    return SnapshotFile(os.path.join(work.settings.state, "snapshot"))


def touch(work: Work) -> None:
    with open(os.path.join(work.settings.state, "ledger.db"), "ab") as file:
        file.write(b"x")


def test_gates_know_images_policies_and_names_that_still_hold(work: Work) -> None:
    artifact = Artifact("registry:r/shop@x", "registry", DIGEST, ID, ("r/shop:1", "r/shop:2"))
    work.fleet.keep_image(FleetImage(artifact, Inventory(BOOKWORM, (installed("deb", "zlib1g", "1"),)), ""), [])
    work.fleet.move_tag(TagMove("r/shop", "2", "sha256:" + "3" * 64))
    work.ledger.set_setting(POLICIES, POLICY)
    snapshot = run(work).newest()
    assert snapshot is not None
    assert [one.name for one in snapshot.policies] == ["mine"]
    assert snapshot.subject(ID) is not None
    assert (snapshot.digest_of("r/shop:1"), snapshot.digest_of("r/shop:2")) == (ID, "")


def test_it_is_written_anew_when_its_inputs_changed_and_not_otherwise(work: Work) -> None:
    run(work)
    path = os.path.join(work.settings.state, "snapshot")
    first = os.stat(path).st_ino
    touch(work)
    run(work)
    assert os.stat(path).st_ino == first
    work.ledger.set_setting(POLICIES, POLICY)
    touch(work)
    run(work)
    assert os.stat(path).st_ino != first
