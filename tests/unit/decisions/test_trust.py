"""The verdict on an image: each part with its reason, and one that fails decides."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.decisions.trust import BASE, policy_part, rule_for, verdict
from oakum.model.artifact import Artifact, ImageConfig
from oakum.model.inventory import Inventory
from oakum.model.signature import SIGNATURE, Signed, Verified
from oakum.model.subject import Subject
from oakum.model.trust import Identity, TrustPart, TrustRule, TrustRules

SLSA = "https://slsa.dev/provenance/v1"
RULE = TrustRule("ours", ("r.example/**",), ("PEM",), (), (SLSA,), ("r.example/base",))
SIGNED = Signed(SIGNATURE, "alice@example.com", "bundle", issuer="https://i.example", at="2026-01-01T00:00:00Z")


def subject(found: Verified | None, base: str = "r.example/base:12") -> Subject:
    labels = {BASE: base} if base else {}
    artifact = Artifact("registry:r.example/app:1", "registry", config=ImageConfig(labels=labels))
    return Subject("deploy", artifact, Inventory(), (), trust=found)


def found(*signed: Signed, rule: TrustRule | None = RULE, refused: tuple[str, ...] = ()) -> Verified:
    return Verified("sha256:1", signed, refused, ruled=True, rule=rule)


def parts(of: Subject) -> dict[str, bool | None]:
    return {part.part: part.holds for part in verdict(of).parts}


def test_everything_that_the_rule_wants_holds() -> None:
    whole = verdict(subject(found(SIGNED, Signed(SLSA, "key:1", "bundle"))))
    assert whole.trusted is True
    assert [part.part for part in whole.parts] == ["registry", "signature", "attestations", "base", "scan"]
    assert whole.parts[1].why == "by alice@example.com (https://i.example) at 2026-01-01T00:00:00Z"


def test_each_part_fails_for_its_own_reason() -> None:
    both = found(SIGNED, Signed(SLSA, "key:1", "bundle"))
    assert parts(subject(found(Signed(SLSA, "k", "tag"))))["signature"] is False
    assert parts(subject(found(SIGNED)))["attestations"] is False
    assert parts(subject(both, "r.example/other:1"))["base"] is False
    assert parts(subject(both, ""))["base"] is None
    assert verdict(subject(both, "")).trusted is None
    assert parts(Subject("deploy", subject(both).artifact, trust=both))["scan"] is None
    assert parts(subject(found(SIGNED, rule=None))) == {"registry": False}
    assert parts(subject(None)) == {"registry": None}
    why = next(part.why for part in verdict(subject(found(refused=("it is by another key",)))).parts if not part.holds)
    assert why == "it is by another key"


def test_a_rule_without_signers_trusts_the_place() -> None:
    place = TrustRule("docker's own", ("docker.io/library/*",))
    assert parts(subject(found(rule=place))) == {"registry": True, "scan": True}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("r.example/app/x:1", "first"),
        ("r.example/app/x", "first"),
        ("r.example/other:1", "second"),
        ("r.example/pinned:3", "third"),
        ("r.example/pinned:4", "second"),
        ("evil.example/r.example/app/x:1", ""),
        ("r.example:5000/app/x@sha256:00", ""),
    ],
)
def test_the_first_rule_that_fits_the_name_speaks_of_it(name: str, rule: str) -> None:
    rules = TrustRules(
        (
            TrustRule("first", ("r.example/app/**",)),
            TrustRule("third", ("r.example/pinned:3",)),
            TrustRule("second", ("r.example/*",)),
        )
    )
    spoken = rule_for([name], rules)
    assert (spoken.name if spoken else "") == rule


@given(st.lists(st.sampled_from([True, False, None]), max_size=1), st.tuples(*(st.booleans(),) * 3))
def test_one_that_fails_decides_and_an_unknown_one_keeps_it_from_yes(
    policy: list[bool | None], has: tuple[bool, bool, bool]
) -> None:
    signed, attested, based = has
    signatures = [SIGNED] * signed + [Signed(SLSA, "k", "tag")] * attested
    last = TrustPart("policy", policy[0], "x") if policy else None
    got = verdict(subject(found(*signatures), "r.example/base:1" if based else ""), last)
    held = [signed, attested, True if based else None, *policy]
    assert got.trusted is (False if False in held else None if None in held else True)


def test_policies_are_a_part_of_a_judgements_verdict() -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    judged = judge(subject(found(SIGNED, Signed(SLSA, "key:1", "bundle"))), Rules((), {}, ()), now)
    assert judged.trust is not None
    assert judged.trust.parts[-1] == TrustPart("policy", holds=True, why="they allow it")
    assert judge(subject(None), Rules((), {}, ()), now).trust is None
    assert policy_part("deny", ["a", "b", "a"]) == TrustPart("policy", holds=False, why="deny: a, b")
    assert policy_part("unknown", ["a"]).holds is None


def test_identities_are_signers_too() -> None:
    rule = TrustRule("named", ("**",), (), (Identity("*@example.com", "https://i.example"),))
    assert parts(subject(found(rule=rule)))["signature"] is False
