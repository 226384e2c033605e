"""What every implementation of ``ports.advisories.Advisories`` keeps."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pytest
from msgspec import structs

from oakum.adapters.sqlite.advisories import AdvisoryDatabase
from oakum.adapters.sqlite.advisory_builder import AdvisoryBuilder
from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo, EcosystemData, Event, Exploited, Range
from oakum.model.cve import CveRecord, Ssvc
from oakum.model.scheme import Scheme, VersionError, scheme
from oakum.model.severity import Severity
from oakum.ports.advisories import Advisories
from oakum.testing.advisories import KnownAdvisories


class Make(Protocol):
    """Makes an implementation that knows these."""

    def __call__(
        self,
        advisories: list[Advisory],
        exploited: dict[str, Exploited],
        info: DatabaseInfo,
        records: Iterable[CveRecord] = (),
    ) -> Advisories: ...


INFO = DatabaseInfo("sha256:1", "2026-01-02T03:04:05Z", 1, ecosystems={"Test": EcosystemData(3, newest="2026-01-01")})


@scheme(ecosystems=("Test",), version=1, memcmp=True)
def numbers(version: str) -> bytes:
    """Whole numbers."""
    if not version.isdigit():
        raise VersionError(version)
    return int(version).to_bytes(4)


def scheme_of(ecosystem: str) -> Scheme | None:
    return numbers if ecosystem.split(":", maxsplit=1)[0] == "Test" else None


def affected(advisory_id: str, *events: tuple[str, str], name: str = "a", versions: tuple[str, ...] = ()) -> Advisory:
    ranges = (Range(tuple(Event(*event) for event in events)),) if events else ()
    return Advisory(advisory_id, "osv:Test", "Test:1", name, ranges=ranges, versions=versions)


@pytest.fixture(params=["sqlite", "memory"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    def sqlite(
        advisories: list[Advisory],
        exploited: dict[str, Exploited],
        info: DatabaseInfo,
        records: Iterable[CveRecord] = (),
    ) -> Advisories:
        path = str(tmp_path / "a?b#c%20.db")
        with AdvisoryBuilder(path, scheme_of) as writer:
            for advisory in advisories:
                writer.add(advisory)
            for cve, known in exploited.items():
                writer.add_exploited(cve, known, "epss")
            for record in records:
                writer.add_cve(record, "cve_records")
            writer.finish(info)
        return AdvisoryDatabase(path, scheme_of)

    makers: dict[str, Make] = {"sqlite": sqlite, "memory": KnownAdvisories}
    return makers[request.param]


def test_gives_back_the_whole_advisory(make: Make) -> None:
    whole = Advisory(
        id="A-1",
        source="osv:Test",
        ecosystem="Test:1",
        package="a/b",
        aliases=("CVE-2026-1",),
        ranges=(Range((Event("introduced", "0"), Event("fixed", "4"))),),
        versions=("1",),
        fixed=("4",),
        severity=Severity("high", "cvss", 7.5, "CVSS:3.1/x"),
        published="2026-01-01",
        modified="2026-01-02",
        summary="A flaw.",
        url="https://example.org/a",
    )
    key = AdvisoryKey("Test:1", "a/b", "2")
    assert make([whole], {}, INFO).lookup([key]) == {key: (whole,)}


def test_records_are_found_by_their_id_and_by_an_alias(make: Make) -> None:
    one = structs.replace(affected("A-1", ("introduced", "0")), aliases=("CVE-2026-1",))
    other = structs.replace(affected("A-11", ("introduced", "0"), name="b"), aliases=("CVE-2026-11",))
    known = make([one, other], {}, INFO)
    assert known.by_id(["A-1"]) == (one,)
    assert known.by_id(["CVE-2026-1"]) == (one,)
    assert known.by_id(["A-1", "CVE-2026-11"]) == (one, other)
    assert known.by_id(["A-1", *(f"B-{number}" for number in range(50))]) == (one,)
    assert known.by_id(["CVE-2026", "", "\udcff"]) == ()
    assert known.by_id([]) == ()


def test_keys_without_advisories_are_left_out(make: Make) -> None:
    known = make([affected("A-1", ("introduced", "0"))], {}, INFO)
    other = [AdvisoryKey("Test:1", "b", "1"), AdvisoryKey("Test:2", "a", "1"), AdvisoryKey("Test", "a", "1")]
    assert known.lookup(other) == {}
    assert known.lookup([]) == {}


@pytest.mark.parametrize("version", ["0", "1", "5", "9", "no version", "", "\0", "' OR 1=1 --"])
def test_never_leaves_out_what_may_hold_the_version(make: Make, version: str) -> None:
    open_ended = affected("OPEN", ("introduced", "0"))
    uncomparable = affected("UNCOMPARABLE", ("introduced", "0"), ("fixed", "x.y"))
    again = affected("AGAIN", ("introduced", "0"), ("fixed", "2"), ("introduced", "5"))
    key = AdvisoryKey("Test:1", "a", version)
    ids = {one.id for one in make([open_ended, uncomparable, again], {}, INFO).lookup([key])[key]}
    assert ids == {"OPEN", "UNCOMPARABLE", "AGAIN"}


def test_bounds_hold_every_affected_version(make: Make) -> None:
    two = Range((Event("introduced", "8"), Event("last_affected", "9")))
    spread = Advisory(
        "SPREAD", "s", "Test:1", "a", ranges=(Range((Event("introduced", "2"), Event("fixed", "4"))), two)
    )
    listed = affected("LISTED", versions=("3", "9"))
    known = make([spread, listed], {}, INFO)
    for version in ("3", "9"):
        key = AdvisoryKey("Test:1", "a", version)
        assert {found.id for found in known.lookup([key])[key]} == {"SPREAD", "LISTED"}


def test_every_asks_for_all(make: Make) -> None:
    key = AdvisoryKey("Test:1", "a", "7")
    known = make([affected("A-1", ("introduced", "1"), ("fixed", "2"))], {}, INFO)
    assert [one.id for one in known.lookup([key], every=True)[key]] == ["A-1"]


def test_tells_what_is_exploited(make: Make) -> None:
    exploited = {"CVE-2026-1": Exploited("2026-01-01", 0.5, 0.9), "CVE-2026-2": Exploited("2026-01-03")}
    known = make([affected("A-1")], exploited, INFO)
    assert known.exploited(["CVE-2026-1", "CVE-2026-2", "CVE-2026-3"]) == exploited


def test_tells_what_the_cve_list_says(make: Make) -> None:
    whole = CveRecord(
        "CVE-2026-1",
        Severity("high", "cna", 7.5, "CVSS:3.1/x"),
        Severity("critical", "adp", 9.8, "CVSS:3.1/y"),
        "example",
        Ssvc("poc", "yes", "total"),
        ("CWE-79",),
        "A flaw.",
        "2026-01-01",
        "2026-01-02",
    )
    rejected = CveRecord("CVE-2026-2", rejected="no flaw", instead=("CVE-2026-1",))
    known = make([affected("A-1")], {}, INFO, [whole, rejected])
    assert known.cve_records(["CVE-2026-1", "CVE-2026-2", "CVE-2026-3", ""]) == {
        "CVE-2026-1": whole,
        "CVE-2026-2": rejected,
    }


def test_tells_what_it_is_made_of(make: Make) -> None:
    assert make([affected("A-1")], {}, INFO).about() == INFO


def test_sqlite_leaves_out_what_cannot_hold_the_version(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    with AdvisoryBuilder(path, scheme_of) as writer:
        writer.add(affected("OLD", ("introduced", "0"), ("fixed", "2")))
        writer.add(affected("NEW", ("introduced", "8"), ("fixed", "9")))
        writer.finish(INFO)
    key = AdvisoryKey("Test:1", "a", "5")
    assert AdvisoryDatabase(path, scheme_of).lookup([key]) == {}

    @scheme(ecosystems=("Test",), version=2, memcmp=True)
    def numbers(version: str) -> bytes:
        """Whole numbers, in another order than the database was built with."""
        return version.encode()

    assert len(AdvisoryDatabase(path, lambda _: numbers).lookup([key])[key]) == 2
