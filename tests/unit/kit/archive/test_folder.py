import errno
import os
import socket
from pathlib import Path

import pytest

from oakum.kit.archive import folder as module
from oakum.kit.archive.folder import FolderWalker
from oakum.kit.archive.walker import FILE, FOLDER, OTHER, SYMLINK


def walked(walker: FolderWalker) -> dict[str, tuple[str, int, str]]:
    seen = {}
    for path in walker:  # the walker's attributes change with every path
        size = walker.size if walker.kind == FILE else 0
        seen[path] = (walker.kind, size, walker.link)
    return seen


def test_everything_is_seen_once_and_no_link_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "d" / "e").mkdir(parents=True)
    (tmp_path / "d" / "file").write_bytes(b"content")
    (tmp_path / "d" / "e" / ".wh.x").write_bytes(b"")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "dangling").symlink_to("/nowhere")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # a socket's path has a limit
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        seen = walked(FolderWalker(str(tmp_path)))
    assert seen == {
        "d": (FOLDER, 0, ""),
        "d/e": (FOLDER, 0, ""),
        "d/e/.wh.x": (FILE, 0, ""),
        "d/file": (FILE, 7, ""),
        "dangling": (SYMLINK, 0, "/nowhere"),
        "loop": (SYMLINK, 0, "."),
        "pipe": (OTHER, 0, ""),
        "socket": (OTHER, 0, ""),
    }
    assert list(seen).index("d") < list(seen).index("d/e")


def test_content_and_head(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    walker = FolderWalker(str(tmp_path))
    for _ in walker:
        assert walker.head(4) == b"cont"
        assert b"".join(walker.content()) == b"content"


def test_names_that_are_no_utf_8_can_be_said(tmp_path: Path) -> None:
    bad = os.fsdecode(b"bad\xff")
    (tmp_path / bad).mkdir()
    (tmp_path / bad / "x").symlink_to(os.fsdecode(b"to\xfe"))
    seen = walked(FolderWalker(str(tmp_path)))
    assert seen == {"bad\\xff": (FOLDER, 0, ""), "bad\\xff/x": (SYMLINK, 0, "to\\xfe")}


def test_what_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the refusal is made."""
    (tmp_path / os.fsdecode(b"closed\xff")).mkdir()
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "open").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if "closed" in path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    walker = FolderWalker(str(tmp_path))
    paths = []
    for path in walker:
        paths.append(path)
        if path == "file":
            (tmp_path / "file").unlink()
            assert walker.head(3) == b""
            with pytest.raises(OSError, match="No such file"):
                list(walker.content())
    assert paths == ["closed\\xff", "file", "open"]
    assert walker.unread == [("file", "No such file or directory"), ("closed\\xff", "Permission denied")]


def test_a_file_that_became_a_link_or_grew_is_not_followed_nor_read_on(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"abc")
    walker = FolderWalker(str(tmp_path))
    for path in walker:
        if path == "a":
            (tmp_path / "a").write_bytes(b"abcdef")
            assert b"".join(walker.content()) == b"abc"
        else:
            (tmp_path / "b").unlink()
            (tmp_path / "b").symlink_to("/etc/passwd")
            with pytest.raises(OSError, match="symbolic links"):
                list(walker.content())


def test_other_file_systems_and_the_storage_of_engines_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var/lib/docker/overlay2").mkdir(parents=True)
    walker = FolderWalker(str(tmp_path))
    assert "var/lib/docker/overlay2" not in walked(walker)
    assert [path for path, _ in walker.left_out] == ["var/lib/docker"]
    walker = FolderWalker(str(tmp_path))
    monkeypatch.setattr(walker, "_device", -1)
    assert list(walked(walker)) == ["var"]
    assert [path for path, _ in walker.unread] == ["var"]


def test_the_number_of_entries_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LAYER_ENTRIES", 3)
    for name in "abcde":
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").mkdir()
    walker = FolderWalker(str(tmp_path))
    assert len(list(walker)) == 5
    assert "more than 3 entries" in walker.unread[0][1]


def test_special_files_are_noted(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name, mode in (("su", 0o4755), ("plain", 0o755), ("wall", 0o2755), ("folder", 0o2755)):
        (tmp_path / name).touch()
        os.chmod(tmp_path / name, mode)
    walker = FolderWalker(str(tmp_path))
    list(walker)
    assert walker.special == [("su", 0o4755, os.getuid()), ("wall", 0o2755, os.getuid())]
