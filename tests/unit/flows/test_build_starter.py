import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oakum.adapters.sqlite.starter import open_starter
from oakum.apps import wiring
from oakum.flows import build_starter as flow
from oakum.flows.build_starter import build_starter, facts_alone
from oakum.flows.kinds import scheme_of
from oakum.intel.feed import ExploitedCve, ListedCve, Seen
from oakum.kit.errors import LimitError
from oakum.model.advisory import Advisory, DatabaseInfo, Event, Exploited, Range, SourceRevision
from oakum.model.cve import CveRecord


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 2, 12, tzinfo=UTC)


def silent(line: str) -> None:
    del line


def advisory(ecosystem: str, *, versions: tuple[str, ...] = (), ranges: tuple[Range, ...] = ()) -> Advisory:
    return Advisory(
        id="A-1",
        source="osv:x",
        ecosystem=ecosystem,
        package="a",
        ranges=ranges,
        versions=versions,
        published="2026-01-01T00:00:00Z",
        modified="2026-01-02T00:00:00Z",
        summary="A text.",
        url="https://example.org/",
    )


def test_texts_links_and_scores_stay_behind() -> None:
    (bare,) = facts_alone([advisory("PyPI", versions=("1",))])
    assert isinstance(bare, Advisory)
    assert (bare.summary, bare.url, bare.published, bare.modified) == ("", "", "2026-01-01", "2026-01-02")
    seen: list[Seen] = [
        ListedCve(CveRecord("CVE-1", title="A text."), "cve_records"),
        ExploitedCve("CVE-1", Exploited("2026-01-01"), "cve_records"),
        SourceRevision("cve_records", "0", 1),
        ExploitedCve("CVE-2", Exploited("", 0.5, 0.9), "epss"),
        SourceRevision("epss", "0", 1),
        ExploitedCve("CVE-1", Exploited("2026-01-01", 0.5, 0.9), "kev"),
        SourceRevision("kev", "0", 1),
    ]
    assert list(facts_alone(seen)) == [ExploitedCve("CVE-1", Exploited("2026-01-01"), "kev"), seen[-1]]


def test_sources_without_a_licence_are_left_out_and_not_counted() -> None:
    seen: list[Seen] = [
        advisory("Alpine:v3.11"),
        SourceRevision("osv:Alpine", "0", 1),
        advisory("Debian:10"),
        advisory("Debian:12"),
        SourceRevision("osv:Debian", "1", 2, "2026-09-09"),
    ]
    kept, source = facts_alone(seen)
    assert isinstance(kept, Advisory)
    assert kept.ecosystem == "Debian:12"
    assert source == SourceRevision("osv:Debian", "1", 1, "2026-01-02T00:00:00Z")


@pytest.mark.parametrize(
    ("events", "kept"),
    [
        ([("introduced", "0"), ("fixed", "3")], ("3", "no version")),
        ([("introduced", "2"), ("fixed", "3")], ("1", "3", "no version")),
        ([("introduced", "0")], ("no version",)),
        ([("introduced", "0"), ("last_affected", "3")], ("1", "2", "3", "no version")),
        ([("introduced", "0"), ("fixed", "x y")], ("1", "2", "3", "no version")),
    ],
)
def test_listed_versions_are_dropped_only_where_a_range_holds_them(
    events: list[tuple[str, str]], kept: tuple[str, ...]
) -> None:
    ranges = (Range(tuple(Event(*event) for event in events)),)
    (bare,) = facts_alone([advisory("PyPI", versions=("1", "2", "3", "no version"), ranges=ranges)])
    assert isinstance(bare, Advisory)
    assert bare.versions == kept


def base_with_one_record(folder: Path) -> str:
    (folder / "PyPI").mkdir()
    affected = [{"package": {"ecosystem": "PyPI", "name": "a"}, "versions": ["1"]}]
    (folder / "PyPI" / "A.json").write_text(json.dumps({"id": "A-1", "affected": affected}))
    return str(folder)


def make(tmp_path: Path, out: Path) -> DatabaseInfo:
    return build_starter(base_with_one_record(tmp_path), str(out), wiring.advisory_writer, Noon(), silent)


def test_gives_a_packed_database_that_says_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "out" / "starter.db.zst"
    info = make(tmp_path, out)
    assert info.starter
    assert open_starter(str(out), str(tmp_path / "cache"), scheme_of).about() == info
    assert [one.name for one in out.parent.iterdir()] == ["starter.db.zst"]


def test_what_is_too_large_to_come_along_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "PACKED_BYTES", 10)
    with pytest.raises(LimitError):
        make(tmp_path, tmp_path / "out" / "starter.db.zst")
    assert list((tmp_path / "out").iterdir()) == []
