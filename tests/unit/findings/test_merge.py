"""Records about one vulnerability become one finding."""

import random

from oakum.findings.merge import Affecting, merge
from oakum.findings.ranges import Compared
from oakum.findings.ratings import with_ratings
from oakum.model.advisory import Advisory, AdvisoryKey
from oakum.model.finding import Finding
from oakum.model.versions.deb import deb
from oakum.testing.inventory import advisory, installed, ranged

_ABOUT = "Debian:12 linux"


def _merged(*records: Advisory) -> list[Finding]:
    key = AdvisoryKey("Debian:12", "linux", "1")
    return merge(
        installed("deb", "linux", "1"),
        [Affecting(record, key, "distro", "from 0") for record in records],
        Compared(deb),
    )


def test_a_record_that_bridges_two_makes_the_three_one() -> None:
    one = advisory("A-1", _ABOUT, ranged("introduced 0"))
    two = advisory("B-1", _ABOUT, ranged("introduced 0"))
    bridge = advisory("C-1", _ABOUT, ranged("introduced 0"), aliases=("A-1", "B-1", "CVE-2026-1"))
    (found,) = _merged(one, two, bridge)
    assert (found.id, found.aliases) == ("CVE-2026-1", ("A-1", "B-1", "C-1"))


def test_without_a_cve_the_github_id_is_taken_else_the_first_source_s() -> None:
    github = advisory("GHSA-a", _ABOUT, aliases=("A-1",))
    assert [one.id for one in _merged(advisory("A-1", _ABOUT), github)] == ["GHSA-a"]
    assert [one.id for one in _merged(advisory("A-1", _ABOUT))] == ["A-1"]


def test_with_several_cves_of_one_family_the_lowest_is_the_id() -> None:
    two = advisory("B-1", _ABOUT, aliases=("A-1", "CVE-2026-1"))
    (found,) = _merged(advisory("A-1", _ABOUT, aliases=("CVE-2026-2",)), two)
    assert found.id == "CVE-2026-1"
    assert "CVE-2026-2" in found.aliases


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [
        advisory(f"R-{number}", _ABOUT, ranged("introduced 0"), aliases=(f"R-{number // 2}", f"CVE-2026-{number % 3}"))
        for number in range(12)
    ]
    expected = {found.id: found for found in _merged(*records)}
    random.Random(1).shuffle(records)  # noqa: S311 - an order, no secret
    assert {found.id: found for found in _merged(*records)} == expected


def test_a_record_without_a_severity_takes_that_of_its_alias_and_says_whose_it_is() -> None:
    rated = advisory("GHSA-1", _ABOUT, ranged("introduced 0"), aliases=("CVE-2026-1",), rating="high", origin="cvss")
    bare = advisory("PYSEC-1", _ABOUT, ranged("introduced 0"), aliases=("CVE-2026-1", "GHSA-1"))
    (shown,) = with_ratings(_merged(bare, rated), {})
    assert (shown.id, shown.severity.rating, shown.evidence[0].advisory) == ("CVE-2026-1", "high", "GHSA-1")
    assert [one.by for one in shown.ratings] == ["GHSA-1 (osv:Debian:12)"]
