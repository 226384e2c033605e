from datetime import date

import pytest

from oakum.decisions.waivers import waive
from oakum.model.waiver import Waiver
from oakum.testing.inventory import installed
from oakum.testing.report import finding

TODAY = date(2026, 11, 25)
FOUND = finding("CVE-2026-0001", installed("pypi", "jinja2", "2.11.0"))


def waiver(**changed: str) -> Waiver:
    stated = {"id": "CVE-2026-0001", "reason": "no template is given from outside", "expires": "never"}
    return Waiver(**{**stated, "origin": "oakum-ignore.toml:1", **changed})


@pytest.mark.parametrize(
    ("changed", "accepted"),
    [
        ({}, True),
        ({"id": "cve-2026-0001"}, True),
        ({"id": "CVE-2026-0002"}, False),
        ({"expires": "2026-11-25"}, True),
        ({"expires": "2026-11-24"}, False),
        ({"package": "jinja2"}, True),
        ({"package": "pkg:pypi/jinja2"}, True),
        ({"package": "pkg:pypi/jinja2@2.11.0"}, True),
        ({"package": "pkg:pypi/jinja2@2.11.1"}, False),
        ({"package": "jinja"}, False),
        ({"path": "**/METADATA"}, False),
        ({"path": "**"}, True),
        ({"path": "nowhere/**"}, False),
    ],
)
def test_a_waiver_accepts_what_it_fits_until_its_day(changed: dict[str, str], *, accepted: bool) -> None:
    waived = waive([FOUND], [waiver(**changed)], TODAY)
    assert bool(waived.suppressed) == accepted
    assert len(waived.findings) + len(waived.suppressed) == 1


def test_an_accepted_finding_says_who_accepted_it_and_until_when() -> None:
    waived = waive([FOUND], [waiver(expires="2027-01-31")], TODAY)
    (accepted,) = waived.suppressed
    assert accepted.waiver == "oakum-ignore.toml:1"
    assert accepted.advisory == "CVE-2026-0001"
    assert accepted.reason == ("accepted until 2027-01-31 by oakum-ignore.toml:1: no template is given from outside")
    assert waived.notices == ()


def test_an_alias_is_accepted_too() -> None:
    aliased = finding("CVE-2026-0001", installed("pypi", "jinja2", "2.11.0"))
    assert waive([aliased], [waiver(id="GHSA-xxxx")], TODAY).findings == (aliased,)


def test_what_holds_no_longer_and_what_fits_nothing_is_said() -> None:
    waived = waive([FOUND], [waiver(expires="2020-01-01"), waiver(id="CVE-1999-1")], TODAY)
    assert waived.notices == (
        "oakum-ignore.toml:1: CVE-2026-0001 was accepted until 2020-01-01",
        "oakum-ignore.toml:1: CVE-1999-1 fits no finding",
    )


def test_a_hostile_glob_takes_no_time() -> None:
    assert waive([FOUND], [waiver(path="*" * 40 + "b")], TODAY).findings == (FOUND,)
