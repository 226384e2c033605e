import os
from pathlib import Path

import pytest

from oakum.kit.archive.single import SingleWalker
from oakum.kit.archive.walker import FILE
from oakum.kit.errors import UnreadableError


def test_a_file_is_walked_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"content")
    walker = SingleWalker(str(tmp_path / "a.json"))
    assert list(walker) == ["a.json"]
    assert (walker.kind, walker.size, walker.head(3)) == (FILE, 7, b"con")
    assert b"".join(walker.content()) == b"content"
    assert list(SingleWalker(str(tmp_path / "a.json"), "b")) == ["b"]


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "nothing", "."):
        with pytest.raises(UnreadableError):
            SingleWalker(str(tmp_path / name))
