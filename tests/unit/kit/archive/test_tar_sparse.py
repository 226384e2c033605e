import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from oakum.kit.archive.tar import TarWalker
from oakum.kit.archive.walker import FILE
from oakum.kit.errors import DamagedError, LimitError
from oakum.testing.images import entry, written

FORMATS = [
    ["--format=gnu"],
    ["--format=posix", "--sparse-version=0.0"],
    ["--format=posix", "--sparse-version=0.1"],
    ["--format=posix", "--sparse-version=1.0"],
]


@pytest.fixture
def holes(tmp_path: Path) -> Path:
    """A file of many pieces with holes between them, and one that ends in a hole."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, pieces in (("many", 40), ("few", 2)):
        with (folder / name).open("wb") as file:
            for piece in range(pieces):
                os.pwrite(file.fileno(), bytes([65 + piece % 26]) * 5000, piece * 65536)
            file.truncate(pieces * 65536)
    (folder / "plain").write_bytes(b"plain")
    return folder


@pytest.mark.skipif(shutil.which("tar") is None, reason="there is no tar")
@pytest.mark.parametrize("form", FORMATS, ids=" ".join)
@pytest.mark.parametrize("chunk", [77, 512, 100_000])
def test_files_with_holes_that_tar_wrote_are_read_whole(holes: Path, form: list[str], chunk: int) -> None:
    made = subprocess.run(
        ["tar", "-C", holes, "--sparse", *form, "-cf", "-", "few", "many", "plain"], capture_output=True, check=True
    ).stdout
    assert len(made) < 40 * 65536  # the holes were left out
    walker = TarWalker(iter([made[at : at + chunk] for at in range(0, len(made), chunk)]))
    seen = {path: (walker.kind, walker.size, b"".join(walker.content())) for path in walker}
    assert list(seen) == ["few", "many", "plain"]
    for name, (kind, size, content) in seen.items():
        assert (kind, size) == (FILE, (holes / name).stat().st_size)
        assert content == (holes / name).read_bytes()


def read(walker: TarWalker) -> None:
    for _ in walker:
        b"".join(walker.content())


def sparse(records: dict[str, str], stored: bytes) -> TarWalker:
    info = entry("a")
    info.pax_headers = records
    return TarWalker(iter([written([(info, stored), (entry("b"), b"")])]))


@pytest.mark.parametrize(
    "listed",
    ["0,100", "5,1,3,1", "99999,1", "0,1,0,1", "-1,1", "0,²", "0," + "9" * 5000, "0,,1"],
    ids=["too little stored", "out of order", "behind the end", "twice", "negative", "no digit", "huge", "empty"],
)
def test_a_map_that_does_not_fit_is_damage(listed: str) -> None:
    walker = sparse({"GNU.sparse.map": listed, "GNU.sparse.size": "50"}, b"ab")
    with pytest.raises(DamagedError):
        read(walker)


@pytest.mark.parametrize("lines", [b"2\n0\n", b"x\n", b"1\n0\n9999999999999999999999\n", b"9" * 600, b"-1\n"])
def test_a_stored_map_that_is_broken_is_damage(lines: bytes) -> None:
    records = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "50"}
    walker = sparse(records, lines.ljust(512, b"\0"))
    with pytest.raises(DamagedError):
        read(walker)


def test_a_hole_of_a_terabyte_is_not_filled() -> None:
    walker = sparse({"GNU.sparse.map": "0,2", "GNU.sparse.size": str(1 << 40)}, b"ab")
    with pytest.raises(LimitError):
        read(walker)


def test_extension_blocks_without_end_are_a_limit() -> None:
    head = bytearray(written([(entry("a"), b"")], tarfile.GNU_FORMAT)[:512])
    head[156:157], head[482] = b"S", 1
    block = (b"00000000000\000000000001\0" * 21).ljust(504, b"\0") + b"\1" + bytes(7)
    walker = TarWalker(iter([bytes(head), *([block * 1000] * 60)]))
    with pytest.raises(LimitError):
        list(walker)
