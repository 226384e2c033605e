import os
import stat
from pathlib import Path

import pytest

from oakum.kit import limits
from oakum.model.engine_container import Layers
from oakum.sources.host import overlay
from oakum.sources.host.overlay import CHANGED, NEW, REMOVED, SAME, Hashes, Overlay


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for layer in ("upper", "top", "base"):
        (tmp_path / layer / "bin").mkdir(parents=True)
    (tmp_path / "base" / "bin" / "tool").write_bytes(b"old")
    (tmp_path / "top" / "bin" / "tool").write_bytes(b"image's own")
    return tmp_path


def of(place: Path) -> Overlay:
    return Overlay(Layers(str(place / "upper"), (str(place / "top"), str(place / "base"))), Hashes())


def write(place: Path, name: str, data: bytes) -> None:
    path = place / "upper" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_a_file_is_held_against_the_uppermost_layer_that_has_it(place: Path) -> None:
    assert of(place).compare("/bin/tool") == SAME  # the writable layer has none: the image's shows through
    write(place, "bin/tool", b"image's own")
    assert of(place).compare("/bin/tool") == SAME
    write(place, "bin/tool", b"image's owN")
    assert of(place).compare("/bin/tool") == CHANGED
    write(place, "bin/tool", b"old")
    assert of(place).compare("/bin/tool") == CHANGED
    write(place, "tmp/x", b"")
    assert of(place).compare("/tmp/x") == NEW  # noqa: S108 - of the container


def test_what_cannot_be_compared_is_never_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place, "bin/tool", b"image's own")
    monkeypatch.setattr(overlay, "DRIFT_FILE_BYTES", 3)
    assert of(place).compare("/bin/tool") == CHANGED
    monkeypatch.undo()
    (place / "upper" / "bin" / "tool").unlink()
    os.mkfifo(place / "upper" / "bin" / "tool")
    assert of(place).compare("/bin/tool") == CHANGED


def test_a_link_leads_nowhere(place: Path) -> None:
    """A container that turns a folder into a link while we walk gets no file of the host read."""
    secret = place / "secret"
    secret.mkdir()
    (secret / "key").write_bytes(b"k")
    (place / "upper" / "etc").symlink_to(secret)
    assert of(place).compare("/etc/key") == SAME  # nothing there, as far as we go
    assert of(place).read("/etc/key", 100, image=False) is None
    assert of(place).stat_upper("/etc/key") is None
    (place / "upper" / "file").symlink_to(secret / "key")
    assert of(place).compare("/file") == NEW
    assert of(place).read("/file", 100, image=False) is None
    assert of(place).compare("/../secret/key") == SAME


@pytest.mark.skipif(os.geteuid() != 0, reason="root makes devices")
def test_a_whiteout_is_a_removal_and_hides_what_lies_below(place: Path) -> None:
    os.mknod(place / "upper" / "bin" / "tool", stat.S_IFCHR, os.makedev(0, 0))
    assert of(place).compare("/bin/tool") == REMOVED
    (place / "upper" / "bin" / "tool").unlink()
    (place / "top" / "bin" / "tool").unlink()
    os.mknod(place / "top" / "bin" / "tool", stat.S_IFCHR, os.makedev(0, 0))
    write(place, "bin/tool", b"old")
    assert of(place).compare("/bin/tool") == NEW


def test_hashes_of_the_image_are_kept_and_bounded(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = Hashes()
    monkeypatch.setattr(overlay, "CONTROL_GROUPS", 2)
    for number in range(5):
        path = place / f"f{number}"
        path.write_bytes(bytes([number]))
        descriptor = os.open(path, os.O_RDONLY)
        first = hashes.of(descriptor, os.fstat(descriptor))
        assert hashes.of(descriptor, os.fstat(descriptor)) == first
        os.close(descriptor)
    assert len(hashes._known) == 2  # noqa: SLF001 - what is held is what is tested


def test_programs_are_listed_as_the_container_sees_them_and_bounded(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        write(place, f"d/{number}", b"")
        (place / "upper" / "d" / str(number)).chmod(0o755 if number else 0o644)
    (place / "upper" / "d" / "link").symlink_to("1")
    assert sorted(path for path, _ in of(place).programs()) == [f"/d/{number}" for number in range(1, 6)]
    monkeypatch.setattr(overlay, "DRIFT_FILES", 3)
    assert len(list(of(place).programs())) < 4
    assert limits.DRIFT_FILES > 3
