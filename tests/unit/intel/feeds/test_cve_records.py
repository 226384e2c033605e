"""The CVE list in each of the forms in which it is published."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from oakum.intel.feed import ExploitedCve, ListedCve, Seen, Unchanged
from oakum.intel.feeds.cve_records import cve_records
from oakum.kit import limits
from oakum.kit.errors import DamagedError, LimitError
from oakum.model.advisory import Exploited, SourceRevision


def listed(folder: Path, *cves: str, kev: str = "") -> None:
    for cve in cves:
        _, year, number = cve.split("-")
        place = folder / "cves" / year / f"{number[:-3]}xxx"
        place.mkdir(parents=True, exist_ok=True)
        metrics = [{"other": {"type": "kev", "content": {"dateAdded": kev}}}] if kev else []
        containers = {
            "cna": {"title": cve},
            "adp": [{"providerMetadata": {"shortName": "CISA-ADP"}, "metrics": metrics}],
        }
        meta = {"cveId": cve, "state": "PUBLISHED", "dateUpdated": "2026-01-01T00:00:00Z"}
        (place / f"{cve}.json").write_text(json.dumps({"cveMetadata": meta, "containers": containers}))
    (folder / "cves" / "delta.json").write_text("{}")


def pack(folder: Path, name: str, below: str = "") -> None:
    """The folder of records as an archive, which then stands alone."""
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((folder / "cves").rglob("*.json")):
            archive.write(path, below + str(path.relative_to(folder)))
    shutil.rmtree(folder / "cves")


def read(base: Path) -> list[Seen]:
    return list(cve_records.read(str(base), {}))


def names(base: Path) -> list[str]:
    return [one.record.cve for one in read(base) if isinstance(one, ListedCve)]


def source(base: Path) -> SourceRevision:
    last = read(base)[-1]
    assert isinstance(last, SourceRevision)
    return last


@pytest.fixture
def base(tmp_path: Path) -> Path:
    listed(tmp_path, "CVE-2025-1000", "CVE-2026-20000", "CVE-2026-1000")
    return tmp_path


ALL = ["CVE-2025-1000", "CVE-2026-1000", "CVE-2026-20000"]


def test_a_folder_in_the_order_of_its_paths(base: Path) -> None:
    assert names(base) == ALL
    assert (source(base).name, source(base).records, source(base).newest) == ("cve_records", 3, "2026-01-01")


@pytest.mark.parametrize(("name", "below"), [("cves.zip", ""), ("cve_records.zip", "cvelistV5-main/")])
def test_an_archive_of_it(base: Path, name: str, below: str) -> None:
    pack(base, name, below)
    assert names(base) == ALL
    assert source(base).skipped == 0


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_archive_in_an_archive_of_the_daily_release(base: Path, method: int) -> None:
    pack(base, "inner.zip")
    with zipfile.ZipFile(base / "cves.zip", "w", method) as archive:
        archive.write(base / "inner.zip", "cves.zip")
    (base / "inner.zip").unlink()
    assert names(base) == ALL


def test_an_archive_in_an_archive_may_not_grow_without_end(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(base / "cves.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cves.zip", b"\0" * 5_000_000)
    monkeypatch.setattr(limits, "FEED_ARCHIVE_BYTES", 1_000_000)
    monkeypatch.setattr(limits, "READ_CHUNK", 100_000)
    with pytest.raises(LimitError):
        read(base)


def test_what_is_no_archive_is_refused_by_name(base: Path) -> None:
    (base / "cves.zip").write_text("<html>not found</html>")
    with pytest.raises(DamagedError, match=r"cves\.zip"):
        read(base)


def test_too_many_records_are_refused(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FEED_RECORDS", 2)
    with pytest.raises(LimitError):
        read(base)


def test_records_that_are_none_are_counted_and_other_files_are_not_looked_at(base: Path) -> None:
    (base / "cves" / "2026" / "1xxx" / "CVE-2026-1001.json").write_text("{}")
    (base / "cves" / "2026" / "1xxx" / "notes.json").write_text("{}")
    shutil.copy(base / "cves" / "2026" / "1xxx" / "CVE-2026-1000.json", base / "cves" / "2026" / "CVE-2026-1000.json")
    assert sorted(names(base)) == ALL
    assert source(base).skipped == 2


def test_the_date_of_the_catalog_is_taken_too(tmp_path: Path) -> None:
    listed(tmp_path, "CVE-2026-1000", kev="2026-02-01")
    assert ExploitedCve("CVE-2026-1000", Exploited("2026-02-01"), "cve_records") in read(tmp_path)


@pytest.mark.parametrize("packed", [True, False])
def test_what_is_known_is_not_read_again(base: Path, *, packed: bool) -> None:
    if packed:
        pack(base, "cves.zip")
    known = {"cve_records": source(base).revision}
    assert list(cve_records.read(str(base), known)) == [Unchanged("cve_records")]
    if not packed:
        listed(base, "CVE-2026-1001")
        assert len(list(cve_records.read(str(base), known))) == 5
