"""What a judgement does not cover."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from oakum.findings.coverage import coverage
from oakum.model import gaps
from oakum.model.advisory import DatabaseInfo, EcosystemData
from oakum.model.fact import Distribution
from oakum.model.package_note import PACKAGE_NOTE
from oakum.testing.inventory import BOOKWORM, installed, inventory

_NOW = datetime(2026, 1, 10, tzinfo=UTC)
_INFO = DatabaseInfo(
    "sha256:x", "2026-01-09T00:00:00Z", 1, ecosystems={"Debian:12": EcosystemData(10, newest="2026-01-08T00:00:00Z")}
)
_BASH = installed("deb", "bash", "5.2")


def test_fresh_data_about_everything_leave_no_gap() -> None:
    assert coverage(inventory(_BASH), ["Debian:12"], _INFO, _NOW) == ()


def test_packages_of_a_distribution_that_no_file_names_were_not_judged() -> None:
    (gap,) = coverage(inventory(_BASH, distribution=None), [], _INFO, _NOW)
    assert gap.kind == gaps.NO_DISTRIBUTION
    assert "1 was not judged" in gap.what


def test_packages_that_name_their_release_are_not_counted_as_nobodys() -> None:
    purls = ["rocky/a@1?distro=rocky-9", "rocky/b@1?distro=rocky-9", "fedora/c@1?distro=fedora-40", ""]
    found = [installed("rpm", "demo", "1") for _ in purls]
    stated = [
        replace(one, package=replace(one.package, purl=purl and f"pkg:rpm/{purl}"))
        for one, purl in zip(found, purls, strict=True)
    ]
    info = replace(_INFO, ecosystems={"Rocky Linux:9": EcosystemData(1)})
    told = coverage(inventory(*stated, distribution=None), ["Rocky Linux:9"], info, _NOW)
    assert [gap.kind for gap in told] == [gaps.UNSUPPORTED_DISTRIBUTION, gaps.NO_DISTRIBUTION]
    assert "fedora 40" in told[0].what
    assert "1 was" in told[1].what


def test_nothing_found_is_not_nothing_wrong() -> None:
    (gap,) = coverage(inventory(distribution=None), [], _INFO, _NOW)
    assert gap.kind in gaps.BLIND


def test_a_language_package_without_a_distribution_is_judged() -> None:
    info = replace(_INFO, ecosystems={"Go": EcosystemData(1)})
    assert (
        coverage(inventory(installed("golang", "a.example/b", "v1.0.0"), distribution=None), ["Go"], info, _NOW) == ()
    )


@pytest.mark.parametrize(
    "distribution",
    [
        Distribution("debian", "", "Debian GNU/Linux forky/sid", "etc/os-release"),
        Distribution("fedora", "42", "Fedora Linux 42", "etc/os-release"),
        Distribution("alpine", "3.24_alpha20260101", "Alpine Linux edge", "etc/os-release"),
        Distribution("kali", "2026.1", "Kali", "etc/os-release", like=("debian",)),
    ],
)
def test_a_distribution_without_advisories_is_a_blind_gap(distribution: Distribution) -> None:
    (gap,) = coverage(inventory(_BASH, distribution=distribution), [], _INFO, _NOW)
    assert gap.kind == gaps.UNSUPPORTED_DISTRIBUTION
    assert distribution.name in gap.what


def test_a_release_without_security_updates_says_since_when() -> None:
    stretch = Distribution("debian", "9", "Debian GNU/Linux 9 (stretch)", "etc/os-release")
    info = replace(_INFO, ecosystems={"Debian:9": EcosystemData(1)})
    (gap,) = coverage(inventory(_BASH, distribution=stretch), ["Debian:9"], info, _NOW)
    assert gap.kind == gaps.END_OF_LIFE
    assert "2022-06-30" in gap.what


def test_an_ecosystem_that_the_data_do_not_know_is_one_gap() -> None:
    (gap,) = coverage(inventory(_BASH, installed("npm", "a", "1")), ["Debian:12", "npm"], _INFO, _NOW)
    assert gap.kind == gaps.NO_ADVISORY_DATA
    assert "npm" in gap.what


def test_data_that_know_only_the_fixed_say_that_the_unfixed_are_unknown() -> None:
    info = replace(_INFO, ecosystems={"Debian:12": EcosystemData(10, fixed_only=True)})
    (gap,) = coverage(inventory(_BASH), ["Debian:12"], info, _NOW)
    assert gap.kind == gaps.FIXED_ONLY_DATA
    assert "unfixed: unknown" in gap.what


def test_starter_data_say_their_date_and_how_to_get_more() -> None:
    (gap,) = coverage(inventory(_BASH), ["Debian:12"], replace(_INFO, starter=True), _NOW)
    assert gap.kind == gaps.STARTER_DATA
    assert "2026-01-09" in gap.what
    assert "oakum db update" in gap.what


def test_an_old_database_and_old_records_are_two_gaps() -> None:
    found = coverage(inventory(_BASH), ["Debian:12"], _INFO, datetime(2026, 3, 1, tzinfo=UTC))
    assert [gap.kind for gap in found] == [gaps.OLD_DATA, gaps.OLD_DATA]
    assert "2026-01-09" in found[0].what
    assert "Debian:12 2026-01-08" in found[1].what


def test_no_database_is_a_blind_gap() -> None:
    (gap,) = coverage(inventory(_BASH, distribution=BOOKWORM), ["Debian:12"], None, _NOW)
    assert gap.kind == gaps.NO_DATABASE


def test_what_a_note_names_is_judged_or_a_gap_by_itself() -> None:
    note = replace(_BASH, package=replace(_BASH.package, guessed=PACKAGE_NOTE))
    assert coverage(inventory(note, distribution=None), ["Debian:12"], _INFO, _NOW) == ()
