"""The gate's word."""

import pytest
from msgspec.structs import replace

from oakum.decisions.gate import decide
from oakum.model.advisory import Exploited
from oakum.model.decision import Basis, GateAsked
from oakum.model.fact import Gap
from oakum.model.gaps import NO_ADVISORY_DATA, STARTER_DATA
from oakum.testing.inventory import installed
from oakum.testing.report import finding

_PACKAGE = installed("deb", "openssl", "3.0.11-1")
_BLIND = Gap(NO_ADVISORY_DATA, "nothing is known of npm")


def test_without_a_gate_everything_is_allowed() -> None:
    decision = decide([finding("CVE-2026-1", _PACKAGE, rating="critical")], [_BLIND], GateAsked())
    assert (decision.outcome, decision.asked, decision.exit_code) == ("allow", False, 0)


@pytest.mark.parametrize(("fail_on", "outcome"), [("critical", "allow"), ("high", "deny"), ("low", "deny")])
def test_a_finding_as_bad_as_asked_denies(fail_on: str, outcome: str) -> None:
    decision = decide([finding("CVE-2026-1", _PACKAGE, rating="high")], [], GateAsked(fail_on))
    assert (decision.outcome, decision.asked) == (outcome, True)


def test_the_reasons_name_the_worst_with_what_to_take() -> None:
    exploited = Exploited("2026-01-01")
    worst = finding("CVE-2026-1", _PACKAGE, rating="critical", fixed=("3.0.13-1",), exploited=exploited)
    others = [finding(f"CVE-2026-{number}", _PACKAGE) for number in range(2, 9)]
    decision = decide([worst, *others], [], GateAsked("high"))
    assert decision.exit_code == 1
    assert decision.reasons[0] == ("CVE-2026-1 (critical, known to be exploited) in openssl 3.0.11-1: take 3.0.13-1")
    assert decision.reasons[1].endswith("no fix is known")
    assert decision.reasons[5:] == ("and 3 more that are high or worse",)


def test_what_to_take_is_the_version_that_mends_the_whole_package() -> None:
    near = replace(finding("CVE-2026-1", _PACKAGE, fixed=("3.0.12-1", "3.0.13-1")), take="3.0.13-1")
    assert decide([near], [], GateAsked("high")).reasons == ("CVE-2026-1 (high) in openssl 3.0.11-1: take 3.0.13-1",)


def test_a_blind_gap_keeps_the_gate_from_saying_yes_and_the_reason_says_how_to_accept() -> None:
    decision = decide([], [_BLIND], GateAsked("critical"))
    assert (decision.outcome, decision.exit_code) == ("unknown", 2)
    assert "nothing is known of npm" in decision.reasons[0]
    assert "--allow-unknown" in decision.reasons[0]


def test_weaker_data_alone_do_not_stop_it() -> None:
    assert decide([], [Gap(STARTER_DATA, "of 2026-01-01")], GateAsked("critical")).outcome == "allow"


def test_a_finding_that_nobody_rated_is_unknown_to_a_gate_about_ratings() -> None:
    unrated = [finding("CVE-2026-1", _PACKAGE, rating="unscored")]
    assert decide(unrated, [], GateAsked("critical")).outcome == "unknown"
    assert decide(unrated, [], GateAsked("unscored")).outcome == "deny"


def test_the_unknown_can_be_accepted_and_the_reason_says_so() -> None:
    unrated = [finding("CVE-2026-1", _PACKAGE, rating="unscored")]
    decision = decide(unrated, [_BLIND], GateAsked("critical", allow_unknown=True))
    assert decision.outcome == "allow"
    assert "2 unknown accepted" in decision.reasons[0]


def test_what_has_no_fix_does_not_count_when_asked_so() -> None:
    unfixed = finding("CVE-2026-1", _PACKAGE, rating="critical")
    unrated = finding("CVE-2026-2", _PACKAGE, rating="unscored")
    assert decide([unfixed, unrated], [], GateAsked("critical", ignore_unfixed=True)).outcome == "allow"


def test_a_bad_finding_denies_whatever_is_unknown() -> None:
    decision = decide([finding("CVE-2026-1", _PACKAGE, rating="critical")], [_BLIND], GateAsked("critical"))
    assert decision.outcome == "deny"


_RATED = finding("CVE-2026-1", _PACKAGE, rating="high")
_UNRATED = finding("CVE-2026-2", _PACKAGE, rating="unscored")
_EXPLOITED = finding("CVE-2026-3", _PACKAGE, rating="low", exploited=Exploited("2026-01-01", 0.62, 0.99))


def test_unscored_is_a_state_of_its_own_that_no_rating_includes() -> None:
    assert decide([_RATED], [], GateAsked("unscored")).outcome == "allow"
    both = decide([_RATED, _UNRATED], [], GateAsked("high,unscored"))
    assert [reason.split(" in ")[0] for reason in both.reasons] == ["CVE-2026-1 (high)", "CVE-2026-2 (unscored)"]
    assert decide([_UNRATED], [], GateAsked("negligible")).outcome == "unknown"


def test_what_is_known_to_be_exploited_is_refused_however_it_is_rated() -> None:
    basis = Basis(kev=True, age_hours=1)
    denied = decide([_EXPLOITED], [], GateAsked("kev"), basis)
    assert denied.reasons == ("CVE-2026-3 (low, known to be exploited) in openssl 3.0.11-1: no fix is known",)
    assert decide([_RATED, _UNRATED], [], GateAsked("kev"), basis).outcome == "allow"
    assert decide([_RATED], [], GateAsked("kev"), Basis(kev=False)).outcome == "unknown"
    assert decide([], [], GateAsked("kev"), Basis(kev=False)).outcome == "allow"


@pytest.mark.parametrize(("fail_on", "outcome"), [("epss:0.62", "deny"), ("epss:0.63", "allow")])
def test_what_is_likely_to_be_exploited(fail_on: str, outcome: str) -> None:
    decision = decide([_EXPLOITED], [], GateAsked(fail_on))
    assert decision.outcome == outcome
    if outcome == "deny":
        assert "EPSS 0.62" in decision.reasons[0]


def test_a_finding_whose_likelihood_nobody_knows_is_unknown() -> None:
    decision = decide([_RATED], [], GateAsked("epss:0.5"))
    assert decision.outcome == "unknown"
    assert "no EPSS is known of CVE-2026-1 in openssl" in decision.reasons[0]


@pytest.mark.parametrize(
    ("fail_on", "age", "outcome"),
    [
        ("data-age:7d", 7 * 24, "allow"),
        ("data-age:7d", 8 * 24 + 1, "deny"),
        ("data-age:12h", 13, "deny"),
        ("data-age:7d", None, "unknown"),
    ],
)
def test_the_age_of_the_data(fail_on: str, age: float | None, outcome: str) -> None:
    decision = decide([], [], GateAsked(fail_on), Basis(age_hours=age))
    assert decision.outcome == outcome
    if outcome == "deny":
        assert "old, more than" in decision.reasons[0]


def test_a_kind_of_gap() -> None:
    gaps = [Gap(STARTER_DATA, "of 2026-01-01")]
    assert decide([], gaps, GateAsked("starter-data")).reasons == ("starter-data: of 2026-01-01",)
    assert decide([], gaps, GateAsked("old-data")).outcome == "allow"
    assert decide([], [_BLIND], GateAsked(NO_ADVISORY_DATA), Basis()).outcome == "deny"


def test_what_passed_says_what_was_asked() -> None:
    passed = decide([], [], GateAsked("high,unscored,kev,epss:0.5"), Basis(kev=True))
    assert passed.reasons == (
        "nothing found is high or worse, unscored, known to be exploited, of an EPSS of 0.5 or more",
    )
    assert decide([], [], GateAsked("old-data")).reasons == ("the data are as was asked",)
