import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.kinds import CRITERIA
from oakum.model.fact import Gap
from oakum.model.judgement import Judgement
from oakum.model.policy import All, Check, Not, Policy, Scope
from oakum.model.subject import Placement, Subject
from oakum.model.waiver import Waiver
from oakum.model.workload import ContainerSpec
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy, workload
from oakum.testing.report import finding

CRITERIA_LOADED = {name: CRITERIA.load(name) for name in CRITERIA.ids()}
SEVERE = All((Check("severity", {"at_least": "high"}), Check("fixable")))
ZLIB = installed("deb", "zlib1g", "1", layer=1)
BAD = finding("CVE-1", ZLIB, rating="critical", fixed=("2",))
BLIND = Gap("unreadable-file", "is cut off", "usr/lib/x.jar")


def judged(subject: Subject, *policies: Policy, waivers: tuple[Waiver, ...] = ()) -> Judgement:
    return judge(subject, Rules(policies, CRITERIA_LOADED, waivers), NOW)


def test_a_breach_refuses_with_its_proof_and_what_would_pass() -> None:
    found = judged(image(BAD), policy("severe", SEVERE))
    assert (found.outcome, found.exit_code) == ("deny", 1)
    (breach,) = found.breaches
    (proof,) = breach.proofs
    assert proof.what == "CVE-1 (critical) in zlib1g 1"
    assert (proof.layer, proof.instruction, proof.remedy) == (1, "RUN install", "upgrade zlib1g to 2")
    assert found.flip is not None
    assert [(one.package, one.have, one.take) for one in found.flip.upgrades] == [("zlib1g", "1", "2")]
    assert found.flip.open == ()


def test_a_warning_passes_and_nothing_found_passes() -> None:
    warned = judged(image(BAD), policy("severe", SEVERE, build="warn"))
    assert (warned.outcome, warned.exit_code, warned.flip) == ("warn", 0, None)
    assert judged(image(), policy("severe", SEVERE)).outcome == "allow"


def test_a_policy_speaks_at_its_stages_and_in_its_scope_alone() -> None:
    deploy = policy("severe", SEVERE, deploy="deny")
    assert judged(image(BAD), deploy).outcome == "allow"
    assert judged(image(BAD, stage="deploy"), deploy).outcome == "deny"
    prod = replace(policy("severe", SEVERE), scope=Scope(environments=("prod",)))
    assert judged(image(BAD), prod).outcome == "allow"
    assert judged(image(BAD, placement=Placement("prod")), prod).outcome == "deny"


@pytest.mark.parametrize(
    ("unknown", "outcome", "code"), [("deny", "unknown", 2), ("warn", "warn", 0), ("allow", "allow", 0)]
)
def test_what_cannot_be_judged_refuses_unless_the_policy_says_otherwise(unknown: str, outcome: str, code: int) -> None:
    unrated = finding("CVE-1", ZLIB, rating="unscored", fixed=("2",))
    for subject in (image(unrated), replace(image(), findings=None), image(gaps=(BLIND,))):
        found = judged(subject, policy("severe", SEVERE, unknown=unknown))
        assert (found.outcome, found.exit_code) == (outcome, code)
        assert all(breach.unknown and breach.proofs for breach in found.breaches)


def test_a_package_is_known_though_nothing_judges_it() -> None:
    unjudged = image(gaps=(Gap("no-advisory-data", "no advisories speak of busybox", "bin/busybox"),))
    assert judged(unjudged, policy("named", Check("package", {"name": "evil"}))).outcome == "allow"
    assert judged(unjudged, policy("severe", SEVERE)).outcome == "unknown"
    assert judged(image(gaps=(BLIND,)), policy("named", Check("package", {"name": "evil"}))).outcome == "unknown"


def test_what_is_known_to_be_bad_is_not_hidden_by_what_is_unknown() -> None:
    found = judged(image(BAD, gaps=(BLIND,)), policy("severe", SEVERE))
    assert found.outcome == "deny"
    assert not found.breaches[0].unknown


def test_an_accepted_finding_does_not_count_and_is_counted() -> None:
    waiver = Waiver("CVE-1", "unreachable", "2026-11-25")
    found = judged(image(BAD), policy("severe", SEVERE), waivers=(waiver,))
    assert (found.outcome, found.accepted) == ("allow", 1)
    assert (
        judged(image(BAD), policy("severe", SEVERE), waivers=(replace(waiver, expires="2026-11-24"),)).outcome == "deny"
    )


def test_a_container_is_named_and_no_upgrade_ends_it() -> None:
    pod = workload(ContainerSpec("web", "shop:1", privileged=True), ContainerSpec("log", "log:1", privileged=False))
    found = judged(image(stage="deploy", workload=pod), policy("privileged", Check("privileged"), deploy="deny"))
    assert [proof.what for proof in found.breaches[0].proofs] == ["container web of image shop:1"]
    assert found.flip is not None
    assert found.flip.open == ("privileged: container web of image shop:1",)


def test_under_not_no_upgrade_is_offered_for_the_subject() -> None:
    found = judged(image(user="0"), policy("root", Not(Not(Check("runs_as_root")))))
    assert found.flip is not None
    assert (found.flip.upgrades, len(found.flip.open)) == ((), 1)


def test_breaches_come_worst_first() -> None:
    policies = (
        policy("b", SEVERE, build="warn"),
        replace(policy("a", SEVERE), severity="low"),
        replace(policy("c", SEVERE), severity="critical"),
        policy("d", Check("privileged")),
    )
    assert [breach.policy for breach in judged(image(BAD), *policies).breaches] == ["c", "a", "d", "b"]


@given(st.permutations([BAD, finding("CVE-2", ZLIB, rating="low"), finding("CVE-3", ZLIB, rating="unscored")]))
def test_the_same_inputs_give_the_same_judgement(findings: list[object]) -> None:
    subject = image(*findings)  # type: ignore[arg-type]
    first, second = (judged(subject, policy("severe", SEVERE)) for _ in range(2))
    assert first == second
    assert first.id == second.id


def test_every_input_is_in_the_identity() -> None:
    severe = policy("severe", SEVERE)
    every = [
        judged(image(BAD), severe),
        judged(image(BAD, finding("CVE-2", ZLIB)), severe),
        judged(image(BAD), replace(severe, title="other")),
        judged(image(BAD), severe, waivers=(Waiver("CVE-9", "x", "never"),)),
        judged(image(BAD, database="sha256:1"), severe),
        judge(image(BAD), Rules((severe,), CRITERIA_LOADED), NOW.replace(day=26)),
    ]
    assert len({one.id for one in every}) == len(every)
