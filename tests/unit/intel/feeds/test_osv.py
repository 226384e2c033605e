import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from oakum.intel.feed import Unchanged
from oakum.intel.feeds.osv import osv
from oakum.kit import limits
from oakum.kit.errors import DamagedError, LimitError
from oakum.model.advisory import Advisory, SourceRevision


def record(advisory_id: str, *packages: tuple[str, str], **more: object) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}]
    affected = [{"package": {"ecosystem": e, "name": n}, "ranges": ranges} for e, n in packages]
    return {"id": advisory_id, "modified": "2026-01-01T00:00:00Z", "affected": affected, **more}


def pack(folder: Path, ecosystem: str, *records: dict[str, Any]) -> None:
    (folder / ecosystem).mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / ecosystem / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for one in records:
            archive.writestr(f"{one['id']}.json", json.dumps(one))


def read(base: Path) -> tuple[list[Advisory], list[SourceRevision]]:
    seen = list(osv.read(str(base), {}))
    advisories = [one for one in seen if isinstance(one, Advisory)]
    return advisories, [one for one in seen if isinstance(one, SourceRevision)]


def test_an_archive_and_a_folder_say_the_same(tmp_path: Path) -> None:
    one = record("A-1", ("PyPI", "a"), summary="x" * 500)
    (tmp_path / "packed").mkdir()
    pack(tmp_path / "packed", "PyPI", one)
    (tmp_path / "loose" / "PyPI").mkdir(parents=True)
    (tmp_path / "loose" / "PyPI" / "A-1.json").write_text(json.dumps(one))
    assert read(tmp_path / "packed")[0] == read(tmp_path / "loose")[0]
    assert read(tmp_path / "loose")[0][0].source == "osv:PyPI"


def test_an_archive_gives_the_packages_of_its_own_ecosystem(tmp_path: Path) -> None:
    both = record("A-1", ("npm", "a"), ("PyPI", "a"))
    pack(tmp_path, "PyPI", both)
    pack(tmp_path, "npm", both, record("A-2", ("npm", "b")))
    advisories, sources = read(tmp_path)
    assert [(one.id, one.ecosystem) for one in advisories] == [("A-1", "PyPI"), ("A-1", "npm"), ("A-2", "npm")]
    assert [one.source for one in advisories] == ["osv:PyPI", "osv:npm", "osv:npm"]
    assert [one.records for one in sources] == [1, 2]


def test_an_archive_of_another_name_gives_all(tmp_path: Path) -> None:
    pack(tmp_path, "ours", record("A-1", ("npm", "a"), ("Debian:12", "a")))
    assert [one.ecosystem for one in read(tmp_path)[0]] == ["npm", "Debian:12"]


def test_the_cve_list_is_no_ecosystem(tmp_path: Path) -> None:
    (tmp_path / "cves").mkdir()
    (tmp_path / "cves" / "delta.json").write_text("{}")
    assert list(osv.read(str(tmp_path), {})) == []


@pytest.mark.parametrize("packed", [True, False])
def test_what_is_known_is_not_read_again(tmp_path: Path, *, packed: bool) -> None:
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "a")))
    if not packed:
        zipfile.ZipFile(tmp_path / "PyPI" / "all.zip").extractall(tmp_path / "PyPI")
        (tmp_path / "PyPI" / "all.zip").unlink()
    (source,) = read(tmp_path)[1]
    assert list(osv.read(str(tmp_path), {"osv:PyPI": source.revision})) == [Unchanged("osv:PyPI")]
    assert len(list(osv.read(str(tmp_path), {"osv:npm": source.revision}))) == 2


def test_withdrawn_records_are_left_out_and_not_counted_as_skipped(tmp_path: Path) -> None:
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "a"), withdrawn="2026-01-01T00:00:00Z"), record("A-2", ("PyPI", "a")))
    advisories, (source,) = read(tmp_path)
    assert [one.id for one in advisories] == ["A-2"]
    assert (source.records, source.skipped) == (1, 0)


def test_a_record_that_is_too_large_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD_BYTES", 2_000)
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "a"), details="x" * 1_000_000), record("A-2", ("PyPI", "a")))
    advisories, (source,) = read(tmp_path)
    assert [one.id for one in advisories] == ["A-2"]
    assert source.skipped == 1


def test_a_size_that_lies_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD_BYTES", 2_000)
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "a"), details="x" * 1_000_000))
    path = tmp_path / "PyPI" / "all.zip"
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    assert read(tmp_path)[1][0].skipped == 1


def test_a_source_of_too_many_records_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FEED_RECORDS", 1)
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "a")), record("A-2", ("PyPI", "a")))
    with pytest.raises(LimitError):
        read(tmp_path)


def test_an_archive_with_a_vast_directory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "a")))
    path = tmp_path / "PyPI" / "all.zip"
    content = bytearray(path.read_bytes())
    end = content.index(b"PK\x05\x06")
    content[end + 12 : end + 16] = (0x7FFFFFFF).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(LimitError):
        read(tmp_path)


def test_what_is_no_archive_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "PyPI").mkdir()
    (tmp_path / "PyPI" / "all.zip").write_text("<html>not found</html>")
    with pytest.raises(DamagedError, match=r"PyPI/all\.zip"):
        read(tmp_path)


def test_the_revision_changes_with_the_bytes(tmp_path: Path) -> None:
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "a")))
    before = read(tmp_path)[1][0].revision
    pack(tmp_path, "PyPI", record("A-1", ("PyPI", "b")))
    assert read(tmp_path)[1][0].revision != before
