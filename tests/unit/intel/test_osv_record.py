import json
from typing import Any

import pytest

from oakum.intel.osv_record import Unusable, advisories
from oakum.kit import limits
from oakum.model.advisory import Advisory, Event, Range
from oakum.model.severity import Severity

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def read(**record: object) -> list[Advisory]:
    return list(advisories(json.dumps({"id": "A-1", **record}).encode(), "osv:Test"))


def place(ecosystem: str = "PyPI", name: str = "a", *events: dict[str, str], **more: object) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    return {"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges, **more}


def test_one_advisory_per_package_with_everything_about_it() -> None:
    first = place("PyPI", "A_b.C", {"introduced": "0"}, {"fixed": "2"}, versions=["1", "1"])
    second = place("PyPI", "a-b-c", {"introduced": "3"}, {"fixed": "4"})
    merged, other = read(
        modified="2026-01-02T03:04:05Z",
        published="0001-01-01T00:00:00Z",
        aliases=["CVE-2026-2", "A-1"],
        upstream=["CVE-2026-1"],
        related=["CVE-2026-3"],
        summary="a\x1b[31m\u202eb",
        affected=[first, place("Debian:12", "X"), second],
        references=[{"type": "WEB", "url": "https://x.example"}, {"type": "ADVISORY", "url": "https://a.example"}],
    )
    assert merged.package == "a-b-c"
    assert merged.ranges == (
        Range((Event("introduced", "0"), Event("fixed", "2"))),
        Range((Event("introduced", "3"), Event("fixed", "4"))),
    )
    assert (merged.versions, merged.fixed) == (("1",), ("2", "4"))
    assert merged.aliases == ("CVE-2026-1", "CVE-2026-2")
    assert (merged.modified, merged.published) == ("2026-01-02T03:04:05Z", "")
    assert merged.summary == "a[31mb"
    assert merged.url == "https://a.example"
    assert (other.ecosystem, other.package) == ("Debian:12", "X")


def test_almalinux_names_its_cves_and_rating_elsewhere() -> None:
    (one,) = read(summary="Important: a security update", related=["CVE-2026-1", "X"], affected=[place("AlmaLinux:9")])
    assert one.aliases == ("CVE-2026-1",)
    assert one.severity == Severity("high", "source")


def test_ranges_of_commits_are_left_out() -> None:
    git = {"type": "GIT", "repo": "https://x", "events": [{"introduced": "0"}]}
    (one,) = read(affected=[{"package": {"ecosystem": "PyPI", "name": "a"}, "ranges": [git], "versions": ["1"]}])
    assert (one.ranges, one.versions) == ((), ("1",))


def test_a_go_record_without_module_versions_stays_open() -> None:
    custom = {"custom_ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9"}]}]}
    (one,) = read(affected=[place("Go", "example.org/m", {"introduced": "0"}, ecosystem_specific=custom)])
    assert one.ranges == (Range((Event("introduced", "0"),)),)
    assert one.fixed == ()


def test_the_nearest_word_rates_and_the_vector_is_kept() -> None:
    (one,) = read(
        affected=[place(ecosystem_specific={"severity": "Moderate"})],
        database_specific={"severity": "CRITICAL"},
        severity=[{"type": "CVSS_V3", "score": VECTOR}],
    )
    assert one.severity == Severity("medium", "source", 9.8, VECTOR)


def test_nulls_are_no_reason_to_skip() -> None:
    fields = dict.fromkeys(["aliases", "upstream", "related", "summary", "severity", "references", "database_specific"])
    nulls = {"ranges": None, "versions": None, "severity": None, "ecosystem_specific": None, "database_specific": None}
    (one,) = read(**fields, affected=[{"package": {"ecosystem": "PyPI", "name": "a"}, **nulls}])
    assert one.id == "A-1"


@pytest.mark.parametrize(
    "record",
    [
        {"id": ""},
        {"id": "A\n1"},
        {"id": "A" * 2_000},
        {"affected": [place("PyPI", "a\x1b[2J")]},
        {"affected": [place("PyPI", "a" * 2_000)]},
        {"affected": [place("PyPI", "a", {"fixed": "1\u202e"})]},
        {"affected": [place("PyPI", "a", {"fixed": "1" * 2_000})]},
        {"affected": "none"},
        {"affected": [place(versions=[1])]},
    ],
    ids=range(9),
)
def test_what_cannot_be_said_exactly_is_unusable(record: dict[str, Any]) -> None:
    with pytest.raises(Unusable):
        read(**record)


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD_PACKAGES", 2)
    monkeypatch.setattr(limits, "RECORD_EVENTS", 3)
    monkeypatch.setattr(limits, "RECORD_ALIASES", 1)
    with pytest.raises(Unusable):
        read(affected=[place()] * 3)
    with pytest.raises(Unusable):
        read(affected=[place(versions=list("1234"))])
    assert len(read(aliases=["B", "C"], affected=[place()])[0].aliases) == 1


def test_names_are_normalised_where_their_ecosystem_says_how() -> None:
    names = {"PyPI": "Foo__Bar.-baz", "NuGet": "Newtonsoft.Json", "npm": "@Scope/A_b"}
    found = read(affected=[place(package={"ecosystem": ecosystem, "name": name}) for ecosystem, name in names.items()])
    assert [one.package for one in found] == ["foo-bar-baz", "newtonsoft.json", "@Scope/A_b"]


def test_products_of_one_release_are_one_package() -> None:
    fix = ({"introduced": "0"}, {"fixed": "1:1.2-3.el9"})
    (one,) = read(
        related=["CVE-2026-1"],
        affected=[
            place("Red Hat:enterprise_linux:9::baseos", "a", *fix),
            place("Red Hat:enterprise_linux:9::appstream", "a", *fix),
        ],
    )
    assert (one.ecosystem, one.package, len(one.ranges)) == ("Red Hat:enterprise_linux:9", "a", 1)
    assert one.aliases == ("CVE-2026-1",)


def test_builds_in_a_module_are_filed_with_it() -> None:
    inside = place("AlmaLinux:8", "nodejs", {"introduced": "0"}, {"fixed": "1:18.1-1.module_el8.9.0+1+a"})
    outside = place("AlmaLinux:8", "nodejs", {"introduced": "0"}, {"fixed": "1:10-1.el8"})
    both = read(summary="Important: nodejs:18 security update", affected=[inside, outside])
    assert [(one.package, one.fixed) for one in both] == [
        ("nodejs:18/nodejs", ("1:18.1-1.module_el8.9.0+1+a",)),
        ("nodejs", ("1:10-1.el8",)),
    ]
    (unsaid,) = read(summary="Important: nodejs security update", affected=[inside])
    assert unsaid.package == "*:*/nodejs"
    two = read(summary="virt:rhel and virt-devel:rhel update", affected=[inside])
    assert [one.package for one in two] == ["virt:rhel/nodejs", "virt-devel:rhel/nodejs"]


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("<= 2.1.3", (Event("last_affected", "2.1.3"),)),
        ("< 3.0", (Event("limit", "3.0"),)),
        (">= 1, <= 2", ()),
        ("unknown", ()),
        (7, ()),
        (None, ()),
    ],
)
def test_a_range_without_end_ends_where_the_record_says_it_is_last_known(said: object, end: tuple[Event, ...]) -> None:
    known = {"database_specific": {"last_known_affected_version_range": said}}
    (one,) = read(affected=[place("npm", "a", {"introduced": "0"}, **known)])
    assert one.ranges == (Range((Event("introduced", "0"), *end)),)
    (fixed,) = read(affected=[place("npm", "a", {"introduced": "0"}, {"fixed": "2"}, **known)])
    assert fixed.ranges == (Range((Event("introduced", "0"), Event("fixed", "2"))),)


def test_ranges_of_commits_are_left_out_and_a_record_of_nothing_else_is_counted_as_unusable() -> None:
    commits = {"type": "GIT", "repo": "https://x.example", "events": [{"introduced": "0"}, {"fixed": "abc"}]}
    other = {**place("npm", "b"), "ranges": [commits]}
    (one,) = read(affected=[place("npm", "a", {"introduced": "0"}), other])
    assert one.package == "a"
    (listed,) = read(affected=[{**other, "versions": ["1.0.0"]}])
    assert (listed.versions, listed.ranges) == (("1.0.0",), ())
    with pytest.raises(Unusable, match="commits"):
        read(affected=[other])
