"""What every feed keeps: garbage, truncation and deep nesting end in counted records or our own errors.

``tests/corpus/feeds/<id>`` is a small base with one record for the feed of that id.
"""

import gzip
import shutil
from pathlib import Path

import pytest

from oakum.intel.feed import FEEDS, Seen
from oakum.kit.errors import OakumError
from oakum.model.advisory import SourceRevision

SAMPLES = Path(__file__).parent.parent / "corpus" / "feeds"
BROKEN = [b"", b"\0" * 100, b"{", b"[]", b"null", b"\xff\xfe", b'{"id": 1}', b'{"id": "\\ud800"}']
DEEP = b"[" * 100_000
HOSTILE = [*BROKEN, DEEP, b'{"id":' + DEEP, b'{"vulnerabilities":' + DEEP]


def read(feed_id: str, base: Path) -> list[Seen]:
    return list(FEEDS.load(feed_id).read(str(base), {}))


@pytest.fixture(params=FEEDS.ids())
def feed_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def base(feed_id: str, tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLES / feed_id, tmp_path / "base"))


def files_of(base: Path) -> list[Path]:
    return [path for path in base.rglob("*") if path.is_file()]


def test_gives_records_and_then_their_revision(feed_id: str, base: Path) -> None:
    *records, revision = read(feed_id, base)
    assert isinstance(revision, SourceRevision)
    assert revision.records == len(records) == 1
    assert len(revision.revision) == 64
    assert revision.skipped == 0


def test_is_deterministic(feed_id: str, base: Path) -> None:
    assert read(feed_id, base) == read(feed_id, base)


def test_an_empty_base_gives_nothing(feed_id: str, tmp_path: Path) -> None:
    assert read(feed_id, tmp_path) == []


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_garbage_is_counted_or_refused(feed_id: str, base: Path, content: bytes, *, packed: bool) -> None:
    for path in files_of(base):
        path.write_bytes(gzip.compress(content) if packed else content)
    try:
        seen = read(feed_id, base)
    except OakumError:
        return
    assert all(isinstance(one, SourceRevision) for one in seen)


def test_cut_off_files_are_counted_or_refused(feed_id: str, base: Path) -> None:
    for path in files_of(base):
        content = path.read_bytes()
        for length in range(0, len(content), 5):
            path.write_bytes(content[:length])
            try:
                read(feed_id, base)
            except OakumError:
                continue


def test_files_that_are_folders_are_not_read(feed_id: str, base: Path) -> None:
    for path in files_of(base):
        path.unlink()
        path.mkdir()
    assert not [one for one in read(feed_id, base) if not isinstance(one, SourceRevision)]


def test_the_index_says_what_the_plugin_says(feed_id: str) -> None:
    plugin = FEEDS.load(feed_id)
    assert FEEDS.index()[feed_id] == {"title": plugin.title, "version": plugin.version, "files": list(plugin.files)}
    assert plugin.id == feed_id
    assert plugin.title.endswith(".")
    assert all(not name.startswith("/") and ".." not in name for name in plugin.files)
