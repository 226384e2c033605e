"""The least change that flips a decision, held to trying every change there is."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.decisions.flips import Place, upgraded
from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.kinds import CRITERIA
from oakum.model.fact import Gap
from oakum.model.finding import Finding
from oakum.model.judgement import Acceptance, Judgement
from oakum.model.policy import All, Check, Condition, Not, Policy, Some
from oakum.model.subject import Subject
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy
from oakum.testing.report import finding

LOADED = {name: CRITERIA.load(name) for name in CRITERIA.ids()}
ZLIB = installed("deb", "zlib1g", "1", layer=1)
MENDED = finding("CVE-1", ZLIB, rating="high", fixed=("2",))
OPEN = finding("CVE-2", ZLIB, rating="high")
HIGH = Check("severity", {"at_least": "high"})


def judged(subject: Subject, *policies: Policy) -> Judgement:
    return judge(subject, Rules(policies, LOADED), NOW)


def test_what_has_a_fix_is_an_upgrade_and_what_has_none_stays_open_for_a_waiver() -> None:
    found = judged(image(MENDED, OPEN), policy("severe", HIGH)).flip
    assert found is not None
    assert [(one.package, one.take, one.instruction) for one in found.upgrades] == [("zlib1g", "2", "RUN install")]
    assert found.open == ("severe: CVE-2 (high) in zlib1g 1",)
    assert found.waivers == (Acceptance("CVE-2", ZLIB.purl),)


def test_warnings_ask_for_nothing() -> None:
    bash = finding("CVE-3", installed("deb", "bash", "1"), rating="low", fixed=("2",))
    warned = policy("warned", Check("package", {"name": "bash"}), build="warn")
    found = judged(image(MENDED, bash), policy("severe", HIGH), warned).flip
    assert found is not None
    assert [one.package for one in found.upgrades] == ["zlib1g"]


def test_a_package_whose_replacement_ends_nothing_is_not_replaced() -> None:
    found = judged(image(MENDED), policy("named", Check("package", {"name": "zlib1g"}))).flip
    assert found is not None
    assert (found.upgrades, found.open) == ((), ("named: zlib1g 1",))


def test_under_not_no_upgrade_is_offered_that_would_break_more() -> None:
    """An upgrade ends the finding, and the package stays what the policy does not want."""
    found = judged(image(MENDED), policy("only", Not(Check("package", {"name": "bash"})))).flip
    assert found is not None
    assert (found.upgrades, found.open) == ((), ("only: zlib1g 1",))


def test_a_gap_stays_open() -> None:
    found = judged(image(gaps=(Gap("damaged-layer", "is cut off"),)), policy("severe", HIGH)).flip
    assert found is not None
    assert found.open == ("severe: damaged-layer: is cut off",)


NAMES = ("bash", "curl", "zlib1g", "perl")
CRITERIA_ASKED: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(
        st.sampled_from(["high", "low"]).map(lambda least: Check("severity", {"at_least": least})),
        st.just(Check("fixable")),
        st.sampled_from(NAMES).map(lambda name: Check("package", {"name": name})),
        st.just(Check("runs_as_root")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: Some(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=4,
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    name = draw(st.sampled_from(NAMES))
    fixed = draw(st.sampled_from([(), ("2",)]))
    rating = draw(st.sampled_from(["unscored", "low", "high"]))
    return replace(
        finding(f"CVE-{draw(st.integers(1, 4))}", installed("deb", name, "1"), rating=rating), fixed_versions=fixed
    )


def refused(subject: Subject, rules: tuple[Policy, ...]) -> set[tuple[str, str]]:
    return {
        (breach.policy, proof.what.replace(" 2", " 1"))
        for breach in judged(subject, *rules).breaches
        for proof in breach.proofs
        if breach.action == "deny"
    }


@given(
    st.lists(findings(), max_size=6, unique_by=lambda one: (one.id, one.installed.purl)),
    st.lists(CRITERIA_ASKED, min_size=1, max_size=3),
    st.sampled_from(["0", "1000"]),
)
def test_the_least_change_flips_and_no_smaller_one_does(
    found: list[Finding], conditions: list[Condition], user: str
) -> None:
    subject = image(*found, user=user)
    policies = tuple(policy(f"p{number}", condition) for number, condition in enumerate(conditions))
    judgement = judged(subject, *policies)
    if judgement.flip is None:
        assert not refused(subject, policies)
        return
    every: dict[Place, str] = {(one.installed.purl, one.installed.layer): "2" for one in found if one.fixed_versions}
    left = {
        size: [refused(upgraded(subject, dict(some)), policies) for some in combinations(every.items(), size)]
        for size in range(len(every) + 1)
    }
    names = {one.package for one in judgement.flip.upgrades}
    chosen = {place: take for place, take in every.items() if any(f"/{name}@" in place[0] for name in names)}
    after = refused(upgraded(subject, chosen), policies)
    fewest = min(len(one) for some in left.values() for one in some)
    if fewest == 0:
        assert not after
        assert not judgement.flip.open
        assert all(one for size in range(len(names)) for one in left[size])
    else:
        assert judgement.flip.open
