import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oakum.apps import wiring
from oakum.flows.build_database import build_database, fill
from oakum.intel.feed import Seen
from oakum.kit.errors import UnreadableError
from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo, EcosystemData, Exploited, SourceRevision


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 2, 12, tzinfo=UTC)


def silent(line: str) -> None:
    del line


def source(base: Path, ecosystem: str, count: int, *, unfixed: int = 0, release: str = "") -> None:
    (base / ecosystem).mkdir()
    for number in range(count):
        events = [{"introduced": "0"}] + ([{"fixed": "2"}] if number >= unfixed else [])
        package = {"ecosystem": ecosystem + release, "name": "a"}
        ranges = [{"type": "ECOSYSTEM", "events": events}]
        other = {"ecosystem": ecosystem + release, "name": "b"}
        affected = [{"package": one, "ranges": ranges} for one in (package, package, other)]
        record = {"id": f"{ecosystem}-{number}", "modified": "2026-01-01T00:00:00Z", "affected": affected}
        (base / ecosystem / f"{number}.json").write_text(json.dumps(record))


def build(base: Path, out: Path) -> DatabaseInfo:
    return build_database(str(base), wiring.advisory_writer(str(out)), Noon(), silent)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "base").mkdir()
    return tmp_path / "base"


def test_a_database_of_everything_in_the_base(base: Path, tmp_path: Path) -> None:
    source(base, "PyPI", 2)
    (base / "kev.json").write_text('{"vulnerabilities": [{"cveID": "CVE-2026-1000", "dateAdded": "2026-01-01"}]}')
    (base / "epss.csv").write_text("cve,epss,percentile\nCVE-2026-1000,0.5,0.9\n")
    info = build(base, tmp_path / "a.db")
    database = wiring.open_advisories(str(tmp_path / "a.db"))
    assert database.about() == info
    assert (info.built, info.starter) == ("2026-01-02T12:00:00Z", False)
    assert [one.name for one in info.sources] == ["epss", "kev", "osv:PyPI"]
    assert info.ecosystems == {"PyPI": EcosystemData(2, newest="2026-01-01T00:00:00Z")}
    assert database.exploited(["CVE-2026-1000"]) == {"CVE-2026-1000": Exploited("2026-01-01", 0.5, 0.9)}
    key = AdvisoryKey("PyPI", "a", "1.0")
    assert [one.id for one in database.lookup([key])[key]] == ["PyPI-0", "PyPI-1"]
    assert database.lookup([AdvisoryKey("PyPI", "a", "2.0")]) == {}


def test_the_same_sources_have_the_same_identity(base: Path, tmp_path: Path) -> None:
    source(base, "PyPI", 1)
    first = build(base, tmp_path / "a.db").digest
    assert build(base, tmp_path / "b.db").digest == first
    source(base, "npm", 1)
    assert build(base, tmp_path / "c.db").digest != first


def test_only_releases_of_distributions_know_only_what_was_fixed(base: Path, tmp_path: Path) -> None:
    source(base, "Debian", 50, release=":12")
    source(base, "Ubuntu", 50, release=":24.04", unfixed=1)
    source(base, "Alpine", 49, release=":v3.20")
    source(base, "PyPI", 50)
    ecosystems = build(base, tmp_path / "a.db").ecosystems
    assert [name for name, data in ecosystems.items() if data.fixed_only] == ["Debian:12"]


def test_a_base_without_advisories_is_refused_and_the_last_good_one_kept(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.db"
    source(base, "PyPI", 1)
    build(base, out)
    before = out.read_bytes()
    (tmp_path / "empty").mkdir()
    for broken in (tmp_path / "empty", tmp_path / "none"):
        with pytest.raises(UnreadableError):
            build(broken, out)
    assert out.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db", "base", "empty"]


def test_a_source_of_which_nothing_can_be_used_is_refused(base: Path, tmp_path: Path) -> None:
    source(base, "PyPI", 1)
    (base / "npm").mkdir()
    (base / "npm" / "x.json").write_text("{}")
    with pytest.raises(UnreadableError, match="osv:npm"):
        build(base, tmp_path / "a.db")


def test_progress_is_a_line_per_source(tmp_path: Path) -> None:
    lines: list[str] = []
    seen: list[Seen] = [Advisory("A", "s", "Test", "a"), SourceRevision("osv:Test", "0", 1234, skipped=2)]
    with wiring.advisory_writer(str(tmp_path / "a.db")) as writer:
        fill(seen, writer, Noon(), lines.append)
    assert lines == ["osv:Test: 1,234 records, 2 skipped"]
