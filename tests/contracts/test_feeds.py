"""What every feed keeps: garbage, truncation and deep nesting end in counted records or our own errors."""

import gzip
import json
import os
import zipfile
from pathlib import Path

import pytest

from oakum.intel.feed import FEEDS, Seen
from oakum.kit.errors import OakumError
from oakum.model.advisory import SourceRevision

RECORD = {
    "id": "TEST-1",
    "modified": "2026-01-02T00:00:00Z",
    "aliases": ["CVE-2026-1"],
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "a"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}],
        }
    ],
}
KEV = {"catalogVersion": "1", "vulnerabilities": [{"cveID": "CVE-2026-1000", "dateAdded": "2026-01-01"}]}
EPSS = b"#model_version:v1,score_date:2026-01-01T00:00:00Z\ncve,epss,percentile\nCVE-2026-1000,0.5,0.9\n"
DEEP = b"[" * 100_000
HOSTILE = [
    b"",
    b"\0" * 100,
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    DEEP,
    b'{"id":' + DEEP,
    b'{"id": 1}',
    b'{"id": "\\ud800"}',
]


def make_base(folder: Path) -> str:
    (folder / "PyPI").mkdir()
    with zipfile.ZipFile(folder / "PyPI" / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("TEST-1.json", json.dumps(RECORD))
    (folder / "kev.json").write_text(json.dumps(KEV))
    (folder / "epss.csv.gz").write_bytes(gzip.compress(EPSS, mtime=0))
    return str(folder)


def read(feed_id: str, base: str) -> list[Seen]:
    return list(FEEDS.load(feed_id).read(base))


@pytest.fixture(params=FEEDS.ids())
def feed_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_gives_records_and_then_their_revision(feed_id: str, tmp_path: Path) -> None:
    *records, revision = read(feed_id, make_base(tmp_path))
    assert isinstance(revision, SourceRevision)
    assert revision.records == len(records) == 1
    assert len(revision.revision) == 64
    assert revision.skipped == 0


def test_is_deterministic(feed_id: str, tmp_path: Path) -> None:
    base = make_base(tmp_path)
    assert read(feed_id, base) == read(feed_id, base)


def test_an_empty_base_gives_nothing(feed_id: str, tmp_path: Path) -> None:
    assert read(feed_id, str(tmp_path)) == []


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_garbage_is_counted_or_refused(feed_id: str, tmp_path: Path, content: bytes) -> None:
    base = make_base(tmp_path)
    (tmp_path / "PyPI" / "all.zip").unlink()
    (tmp_path / "PyPI" / "X.json").write_bytes(content)
    (tmp_path / "kev.json").write_bytes(content)
    (tmp_path / "epss.csv.gz").write_bytes(gzip.compress(content))
    try:
        seen = read(feed_id, base)
    except OakumError:
        return
    assert all(isinstance(one, SourceRevision) for one in seen)


@pytest.mark.parametrize("file", ["PyPI/all.zip", "kev.json", "epss.csv.gz"])
def test_cut_off_files_are_refused_or_counted(feed_id: str, tmp_path: Path, file: str) -> None:
    base = make_base(tmp_path)
    path = tmp_path / file
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        try:
            read(feed_id, base)
        except OakumError:
            continue


def test_files_that_are_folders_are_not_read(feed_id: str, tmp_path: Path) -> None:
    for name in ("PyPI/all.zip", "kev.json", "epss.csv.gz", "epss.csv"):
        os.makedirs(tmp_path / name)
    assert read(feed_id, str(tmp_path)) == []


def test_the_index_says_what_the_plugin_says(feed_id: str) -> None:
    plugin = FEEDS.load(feed_id)
    assert FEEDS.index()[feed_id] == {"title": plugin.title, "version": plugin.version, "files": list(plugin.files)}
    assert plugin.id == feed_id
    assert plugin.title.endswith(".")
    assert all(not name.startswith("/") and ".." not in name for name in plugin.files)
