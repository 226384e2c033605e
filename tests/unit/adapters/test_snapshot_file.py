import os
from pathlib import Path

import pytest

from oakum.adapters.snapshot_file import MappedSnapshot, SnapshotFile, write_snapshot
from oakum.model.artifact import Artifact
from oakum.model.policy import Check
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver
from oakum.testing.inventory import installed
from oakum.testing.policies import image, policy
from oakum.testing.report import finding

RULES = ((policy("p", Check("privileged")),), (Waiver("CVE-1", "x", "never"),))


def subject(number: int) -> Subject:
    found = finding(f"CVE-{number}", installed("deb", "zlib1g", "1"))
    artifact = Artifact("docker:x", "docker", f"sha256:d{number}", f"sha256:i{number}")
    return image(found, artifact=artifact)


def test_an_image_is_found_by_id_by_digest_and_by_a_reference_that_bears_one(tmp_path: Path) -> None:
    path = str(tmp_path / "snapshot")
    digest = write_snapshot(path, [subject(1), subject(2)], RULES, (1000, 60))
    snapshot = MappedSnapshot(path)
    assert (snapshot.made, snapshot.greatest_age, snapshot.digest) == (1000, 60, digest)
    assert (snapshot.policies, snapshot.waivers) == RULES
    for name in ("sha256:i2", "sha256:d2", "registry.example/shop@sha256:d2"):
        assert snapshot.subject(name) == subject(2)
    assert snapshot.subject("registry.example/shop:1") is None


def test_a_new_file_takes_over_and_a_broken_one_does_not(tmp_path: Path) -> None:
    path = str(tmp_path / "snapshot")
    snapshots = SnapshotFile(path)
    assert snapshots.newest() is None
    write_snapshot(path, [subject(1)], RULES, (1000, 60))
    first = snapshots.newest()
    assert first is not None
    assert snapshots.newest() is first
    write_snapshot(path, [subject(2)], RULES, (2000, 60))
    second = snapshots.newest()
    assert second is not None
    assert second.made == 2000
    assert first.subject("sha256:i1") == subject(1)
    for garbage in (b"", b"x", b"OAKSNAP1" + b"\xff" * 100, b"OAKSNAP1\0\0\0\0\0\0\0\x05hello"):
        (tmp_path / "new").write_bytes(garbage)
        os.replace(tmp_path / "new", path)
        assert snapshots.newest() is second


def test_the_same_content_has_the_same_digest(tmp_path: Path) -> None:
    path = str(tmp_path / "snapshot")
    first = write_snapshot(path, [subject(1)], RULES, (1000, 60))
    assert first == write_snapshot(path, [subject(1)], RULES, (2000, 60))
    assert first != write_snapshot(path, [subject(2)], RULES, (1000, 60))


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_snapshot(str(tmp_path / "nowhere" / "snapshot"), [], RULES, (1, 1))
