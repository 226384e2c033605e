from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.decisions.waivers import holds, next_end, waive
from oakum.flows.kinds import CRITERIA
from oakum.model.policy import Check
from oakum.model.waiver import Waiver
from oakum.testing.inventory import installed
from oakum.testing.policies import image, policy
from oakum.testing.report import finding

TODAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
FOUND = finding("CVE-2026-0001", installed("pypi", "jinja2", "2.11.0"))


def waiver(**changed: Any) -> Waiver:  # noqa: ANN401 - of several kinds
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


def test_an_end_may_be_a_moment_and_holds_up_to_it() -> None:
    end = "2026-11-25T12:00:00+00:00"
    assert holds(waiver(expires=end), TODAY - timedelta(microseconds=1))
    assert not holds(waiver(expires=end), TODAY)
    assert next_end([waiver(expires=end), waiver()], TODAY - timedelta(hours=1)) == TODAY
    assert next_end([waiver(expires=end)], TODAY) is None


def test_a_waiver_for_images_speaks_of_them_alone() -> None:
    for changed, accepted in (({"images": ("registry.example/*:1",)}, True), ({"images": ("other/*",)}, False)):
        assert bool(waive([FOUND], [waiver(**changed)], TODAY, ["registry.example/shop:1"]).suppressed) is accepted
    assert waive([FOUND], [waiver(digest="sha256:1")], TODAY, ["sha256:1"]).suppressed
    assert not waive([FOUND], [waiver(digest="sha256:1")], TODAY, ["sha256:2"]).suppressed


@pytest.mark.parametrize(
    ("changed", "counted", "outcome"),
    [
        ({}, "any", "allow"),
        ({"policy": "severe"}, "any", "allow"),
        ({"policy": "other"}, "any", "deny"),
        ({"id": "", "policy": "severe"}, "any", "allow"),
        ({"id": "", "policy": "severe", "package": "jinja2"}, "any", "allow"),
        ({"id": "", "policy": "severe", "package": "flask"}, "any", "deny"),
        ({}, "proven", "deny"),
        ({"approved_by": "token:lead"}, "proven", "allow"),
        ({"images": ("registry.example/**",)}, "any", "allow"),
        ({"images": ("elsewhere/**",)}, "any", "deny"),
    ],
)
def test_a_policy_counts_what_is_accepted_for_it(changed: dict[str, Any], counted: str, outcome: str) -> None:
    severe = replace(policy("severe", Check("severity", {"at_least": "high"})), waivers=counted)
    rules = Rules((severe,), {"severity": CRITERIA.load("severity")}, (waiver(**changed),))
    found = judge(image(FOUND), rules, TODAY)
    assert found.outcome == outcome
    assert found.accepted == (1 if "id" not in changed and changed.get("images") != ("elsewhere/**",) else 0)


def test_a_policy_about_the_whole_is_accepted_as_a_whole() -> None:
    rules = Rules(
        (policy("root", Check("runs_as_root")),),
        {"runs_as_root": CRITERIA.load("runs_as_root")},
        (waiver(id="", policy="root"),),
    )
    assert judge(image(user="0"), rules, TODAY).outcome == "allow"
    limited = Rules(rules.policies, rules.criteria, (waiver(id="", policy="root", package="bash"),))
    assert judge(image(user="0"), limited, TODAY).outcome == "deny"
