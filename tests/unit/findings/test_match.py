"""From the inventory to findings."""

from collections.abc import Sequence

from msgspec.structs import replace

from oakum.findings.match import Matched, advisory_keys, cve_ids, match, with_exploited
from oakum.findings.matchers.distro import distro
from oakum.findings.matchers.language import language
from oakum.model.advisory import Advisory, Exploited
from oakum.model.fact import Distribution
from oakum.model.gaps import NO_ADVISORY_DATA, UNCOMPARABLE_VERSION, UNIDENTIFIED_PACKAGE
from oakum.model.inventory import Installed
from oakum.model.versions.deb import deb
from oakum.model.versions.pep440 import pep440
from oakum.model.versions.rpm import rpm
from oakum.testing.advisories import KnownAdvisories
from oakum.testing.inventory import advisory, installed, inventory, ranged

_SCHEMES = {"Debian": deb, "PyPI": pep440}


def _matched(packages: Sequence[Installed], *advisories: Advisory) -> Matched:
    asked = advisory_keys(inventory(*packages), (distro, language))
    return match(asked, KnownAdvisories(advisories).lookup(asked.keys), _SCHEMES)


def _ids(matched: Matched) -> list[str]:
    return [finding.id for finding in matched.findings]


_OPENSSL = "Debian:12 openssl"


def test_a_source_package_below_the_fix_is_found_through_its_binary_package() -> None:
    package = installed("deb", "libssl3", "3.0.11-1+b1", source="openssl 3.0.11-1")
    record = advisory("DEBIAN-CVE-2026-1", _OPENSSL, ranged("introduced 0", "fixed 3.0.13-1"), aliases=("CVE-2026-1",))
    matched = _matched([package], record)
    found = matched.findings[0]
    assert found.id == "CVE-2026-1"
    assert found.aliases == ("DEBIAN-CVE-2026-1",)
    assert found.fixed_versions == ("3.0.13-1",)
    evidence = found.evidence[0]
    assert (evidence.ecosystem, evidence.name, evidence.version) == ("Debian:12", "openssl", "3.0.11-1")
    assert (evidence.matcher, evidence.scheme, evidence.range) == ("distro", "deb", "from 0, fixed in 3.0.13-1")


def test_a_back_ported_fix_is_no_finding() -> None:
    package = installed("deb", "libssl3", "3.0.11-1~deb12u2", source="openssl 3.0.11-1~deb12u2")
    record = advisory("CVE-2026-1", _OPENSSL, ranged("introduced 0", "fixed 3.0.11-1~deb12u2"))
    assert not _matched([package], record).findings


def test_an_epoch_counts_before_everything_else() -> None:
    record = advisory("CVE-2026-1", "Debian:12 vim", ranged("introduced 0", "fixed 2:9.0"))
    assert _ids(_matched([installed("deb", "vim", "99.0")], record)) == ["CVE-2026-1"]
    assert not _matched([installed("deb", "vim", "3:1.0")], record).findings


def test_a_pre_release_lies_below_the_release_that_mends_it() -> None:
    record = advisory("CVE-2026-1", "PyPI django", ranged("introduced 4.0", "fixed 5.0"))
    assert _ids(_matched([installed("pypi", "Django", "5.0rc1")], record)) == ["CVE-2026-1"]
    assert not _matched([installed("pypi", "Django", "5.0")], record).findings


def test_a_language_package_that_a_distribution_owns_follows_the_distribution() -> None:
    owner = "pkg:deb/debian/python3-six@1.16.0-4"
    record = advisory("CVE-2026-1", "PyPI six", ranged("introduced 0"))
    matched = _matched([installed("pypi", "six", "1.16.0", owner=owner)], record)
    assert not matched.findings
    assert owner in matched.suppressed[0].reason


def test_records_that_name_one_another_are_one_finding_with_every_source() -> None:
    package = installed("pypi", "jinja2", "3.1.0")
    one = advisory("PYSEC-1", "PyPI jinja2", ranged("introduced 0", "fixed 3.1.3"), aliases=("GHSA-aaaa",))
    two = advisory(
        "GHSA-aaaa",
        "PyPI jinja2",
        ranged("introduced 0", "fixed 3.1.4"),
        rating="high",
        aliases=("CVE-2026-7",),
    )
    matched = _matched([package], one, two)
    found = matched.findings[0]
    assert len(matched.findings) == 1
    assert (found.id, found.aliases) == ("CVE-2026-7", ("GHSA-aaaa", "PYSEC-1"))
    assert [evidence.advisory for evidence in found.evidence] == ["GHSA-aaaa", "PYSEC-1"]
    assert found.severity.rating == "high"


def test_a_fix_that_another_source_still_calls_affected_is_not_offered() -> None:
    package = installed("pypi", "jinja2", "3.1.0")
    one = advisory("PYSEC-1", "PyPI jinja2", ranged("introduced 0", "fixed 3.1.3"), aliases=("CVE-2026-7",))
    two = advisory("GHSA-aaaa", "PyPI jinja2", ranged("introduced 0", "fixed 3.1.4"), aliases=("CVE-2026-7",))
    assert _matched([package], one, two).findings[0].fixed_versions == ("3.1.4",)


def test_a_record_about_several_cves_is_a_finding_for_each() -> None:
    bundle = advisory(
        "DSA-1-1", _OPENSSL, ranged("introduced 0", "fixed 2"), aliases=("CVE-2026-1", "CVE-2026-2"), rating="low"
    )
    one = advisory("DEBIAN-CVE-2026-1", _OPENSSL, ranged("introduced 0", "fixed 2"), aliases=("CVE-2026-1",))
    matched = _matched([installed("deb", "openssl", "1")], bundle, one)
    assert _ids(matched) == ["CVE-2026-1", "CVE-2026-2"]
    assert matched.findings[0].aliases == ("DEBIAN-CVE-2026-1", "DSA-1-1")


def test_the_source_s_own_rating_is_taken_before_a_worse_one_from_a_vector() -> None:
    own = advisory("CVE-2026-1", _OPENSSL, ranged("introduced 0"), rating="low")
    vector = advisory(
        "X-1", _OPENSSL, ranged("introduced 0"), rating="critical", origin="cvss", aliases=("CVE-2026-1",)
    )
    found = _matched([installed("deb", "openssl", "1")], vector, own).findings[0]
    assert (found.severity.rating, found.severity.origin) == ("low", "source")
    assert found.evidence[0].advisory == "CVE-2026-1"


def test_each_branch_offers_its_fix_the_nearest_first() -> None:
    record = advisory(
        "CVE-2026-1", "PyPI django", ranged("introduced 0", "fixed 3.2.9", "introduced 4.0", "fixed 4.0.2")
    )
    assert _matched([installed("pypi", "django", "3.2.1")], record).findings[0].fixed_versions == ("3.2.9", "4.0.2")
    assert _matched([installed("pypi", "django", "4.0.1")], record).findings[0].fixed_versions == ("4.0.2",)


def test_take_mends_every_mendable_finding_of_the_package() -> None:
    package = installed("pypi", "django", "3.2.1")
    near = advisory("CVE-2026-1", "PyPI django", ranged("introduced 0", "fixed 3.2.9"))
    far = advisory("CVE-2026-2", "PyPI django", ranged("introduced 0", "fixed 3.2.11"))
    never = advisory("CVE-2026-3", "PyPI django", ranged("introduced 0"))
    assert {finding.take for finding in _matched([package], near, far, never).findings} == {"3.2.11"}


def test_versions_that_cannot_be_compared_are_one_gap_per_package() -> None:
    package = installed("pypi", "django", "not a version")
    records = [advisory(f"CVE-2026-{number}", "PyPI django", ranged("introduced 1")) for number in range(3)]
    matched = _matched([package], *records)
    assert not matched.findings
    assert [gap.kind for gap in matched.gaps] == [UNCOMPARABLE_VERSION]
    assert "CVE-2026-0 and 2 more" in matched.gaps[0].what


def test_a_version_that_cannot_be_compared_is_no_gap_where_nothing_is_known() -> None:
    assert not _matched([installed("pypi", "django", "not a version")]).gaps


def test_an_ecosystem_without_a_scheme_is_a_gap() -> None:
    record = advisory("CVE-2026-1", "npm left-pad", ranged("introduced 0"))
    assert [gap.kind for gap in _matched([installed("npm", "left-pad", "1.0.0")], record).gaps] == [
        UNCOMPARABLE_VERSION
    ]


def test_packages_that_no_matcher_asks_about_are_a_gap_and_not_clean() -> None:
    matched = _matched([installed("conda", name, "1.0") for name in ("numpy", "scipy")])
    assert [(gap.kind, gap.what) for gap in matched.gaps] == [
        (NO_ADVISORY_DATA, "nothing judges packages of the type conda (2 packages)")
    ]


def test_a_package_of_such_a_type_that_the_distribution_owns_is_left_to_it() -> None:
    owned = installed("cpan", "Try-Tiny", "0.31", owner="pkg:deb/debian/libtry-tiny-perl@0.31-2")
    matched = _matched([owned])
    assert not matched.gaps
    assert [one.installed for one in matched.suppressed] == [owned]


def test_jars_without_a_group_are_counted_in_one_gap() -> None:
    jars = [installed("maven", name, "1.0") for name in ("one", "two", "three")]
    matched = _matched(jars)
    assert [gap.kind for gap in matched.gaps] == [UNIDENTIFIED_PACKAGE]
    assert "3 packages" in matched.gaps[0].what


def test_exploited_ones_come_first_among_equals() -> None:
    package = installed("deb", "openssl", "1")
    records = [advisory(f"CVE-2026-{n}", _OPENSSL, ranged("introduced 0"), rating="high") for n in (1, 2)]
    findings = _matched([package], *records).findings
    assert cve_ids(findings) == {"CVE-2026-1", "CVE-2026-2"}
    known = {"CVE-2026-2": Exploited("2026-02-02", 0.9, 0.99)}
    assert [finding.id for finding in with_exploited(findings, known)] == ["CVE-2026-2", "CVE-2026-1"]


_ALMA = Distribution("almalinux", "8.10", "AlmaLinux 8.10", "etc/os-release")
_ROCKY = Distribution("rocky", "9.4", "Rocky Linux 9.4", "etc/os-release")


def _on(distribution: Distribution, package: Installed, *advisories: Advisory) -> list[str]:
    asked = advisory_keys(inventory(package, distribution=distribution), (distro, language))
    matched = match(asked, KnownAdvisories(advisories).lookup(asked.keys), {"AlmaLinux": rpm, "Rocky Linux": rpm})
    return sorted(_ids(matched))


def test_modules_and_streams_never_mix() -> None:
    records = (
        advisory("A-18", "AlmaLinux:8 nodejs:18/nodejs", ranged("introduced 0", "fixed 1:18.19-1.module_el8.9.0+1+a")),
        advisory("A-20", "AlmaLinux:8 nodejs:20/nodejs", ranged("introduced 0", "fixed 1:20.11-1.module_el8.9.0+1+a")),
        advisory("A-any", "AlmaLinux:8 *:*/nodejs", ranged("introduced 0", "fixed 1:20-1.module_el8.9.0+1+a")),
        advisory("A-plain", "AlmaLinux:8 nodejs", ranged("introduced 0", "fixed 1:99-1.el8")),
    )
    plain = installed("rpm", "nodejs", "1:18.1-1.module_el8.8.0+1+a")
    inside = replace(plain, package=replace(plain.package, module="nodejs:18:8080020230718:63b34585"))
    assert _on(_ALMA, inside, *records) == ["A-18", "A-any"]
    assert _on(_ALMA, installed("rpm", "nodejs", "1:10-1.el8"), *records) == ["A-plain"]


def test_a_package_that_is_asked_about_by_two_names_has_one_finding_each() -> None:
    both = (
        advisory("RLSA-1", "x curl", ranged("introduced 0", "fixed 8-1"), aliases=("CVE-2026-1",)),
        advisory("RLSA-2", "x libcurl", ranged("introduced 0", "fixed 8-2"), aliases=("CVE-2026-1",)),
    )
    records = [replace(one, ecosystem="Rocky Linux:9") for one in both]
    package = installed("rpm", "libcurl", "7-1", source="curl 7-1")
    assert _on(_ROCKY, package, *records) == ["CVE-2026-1"]
