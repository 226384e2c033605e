import os
import time
from pathlib import Path

import pytest
from msgspec import structs

from oakum.model.reading import Target
from oakum.sources.identity import identity
from oakum.testing.images import Layer, oci_layout


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A while after the files were written."""
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 10_000_000_000)


@pytest.fixture
def archive(tmp_path: Path) -> Target:
    (tmp_path / "image.tar").write_bytes(b"one")
    return Target("t", "docker_archive", str(tmp_path / "image.tar"))


@pytest.mark.usefixtures("later")
def test_a_file_has_an_identity_until_it_changes(archive: Target) -> None:
    first = identity(archive)
    assert first
    assert first == identity(structs.replace(archive, reference="other"))
    assert first != identity(structs.replace(archive, wanted="app:1"))
    status = os.stat(archive.path)
    with open(archive.path, "r+b") as file:
        file.write(b"two")
    os.utime(archive.path, ns=(status.st_atime_ns, status.st_mtime_ns))  # who sets the time back changes another
    assert identity(archive) != first


def test_a_file_that_changed_just_now_has_none(archive: Target) -> None:
    assert identity(archive) == ""


@pytest.mark.usefixtures("later")
def test_every_blob_of_a_layout_counts(tmp_path: Path) -> None:
    oci_layout(str(tmp_path), [Layer(files={"a": b""})])
    target = Target("t", "oci_layout", str(tmp_path))
    first = identity(target)
    assert first
    os.replace(tmp_path / "index.json", tmp_path / "other.json")
    (tmp_path / "index.json").write_bytes((tmp_path / "other.json").read_bytes())
    second = identity(target)
    assert second not in {"", first}
    (tmp_path / "blobs/sha256/more").write_bytes(b"")
    assert identity(target) not in {"", first, second}


@pytest.mark.usefixtures("later")
def test_what_cannot_be_told_has_none(archive: Target, tmp_path: Path) -> None:
    assert identity(structs.replace(archive, descriptor=3)) == ""
    assert identity(Target("t", "rootfs", str(tmp_path))) == ""
    assert identity(Target("t", "docker_archive", "/nowhere")) == ""
    assert identity(Target("t", "oci_layout", "/nowhere")) == ""
