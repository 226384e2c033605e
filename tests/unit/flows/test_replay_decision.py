"""The same artifact and policies give the same decision again, from the record alone."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.kinds import CRITERIA
from oakum.flows.read_policies import criteria_of
from oakum.flows.replay_decision import MAGIC, pack_record, record_of, replay, unpack_record
from oakum.kit.archive import zstd
from oakum.kit.errors import DamagedError
from oakum.model.policy import All, Check, Condition, Not, Policy, Some
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy
from oakum.testing.report import finding

NAMES = ("bash", "curl", "zlib1g")
EXPRESSIONS = (
    "findings.exists(f, f.severity.rating == 'high')",
    "findings.size() > 2 && artifact.config.user == ''",
    "workload.name == 'web'",
    "inventory.packages.all(a, inventory.packages.all(b, a.package.name == b.package.name || a.missing == 1))",
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(
        st.sampled_from(["critical", "high", "low"]).map(lambda least: Check("severity", {"at_least": least})),
        st.sampled_from(["fixable", "unscored", "runs_as_root", "privileged", "unscanned"]).map(Check),
        st.sampled_from(NAMES).map(lambda name: Check("package", {"name": name})),
        st.integers(0, 30).map(lambda days: Check("known_for", {"days": days})),
        st.sampled_from(EXPRESSIONS).map(lambda text: Check("cel", {"expression": text})),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)
POLICIES = st.lists(CONDITIONS, min_size=1, max_size=4).map(
    lambda some: tuple(policy(f"p{number}", one) for number, one in enumerate(some))
)


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    found = tuple(
        replace(
            finding(
                f"CVE-{number}",
                installed("deb", draw(st.sampled_from(NAMES)), "1"),
                rating=draw(st.sampled_from(["unscored", "low", "high", "critical"])),
                fixed=draw(st.sampled_from([(), ("2",)])),
            ),
            published=draw(st.sampled_from(["", "2026-11-20", "2026-01-01"])),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    subject = image(*found, user=draw(st.sampled_from(["", "app"])))
    return subject if draw(st.booleans()) else replace(subject, findings=None)


@settings(max_examples=1_000)
@given(subjects(), POLICIES, st.booleans())
def test_a_record_gives_the_same_decision_byte_by_byte(
    subject: Subject,
    policies: tuple[Policy, ...],
    waived: bool,  # noqa: FBT001 - an input
) -> None:
    waivers = (Waiver("CVE-1", "unreachable", "never"),) if waived else ()
    rules = Rules(policies, criteria_of(policies), waivers)
    judgement = judge(subject, rules, NOW)
    data = pack_record(record_of(judgement, subject, rules))
    replayed = replay(unpack_record(data))
    assert replayed.differences == ()
    assert msgspec.msgpack.encode(replayed.judgement) == msgspec.msgpack.encode(judgement)


def test_another_input_is_another_decision_and_is_named() -> None:
    rules = Rules((policy("p", Check("fixable")),), {"fixable": CRITERIA.load("fixable")})
    subject = image(finding("CVE-1", installed("deb", "bash", "1"), fixed=("2",)))
    record = record_of(judge(subject, rules, NOW), subject, rules)
    assert "subject is not as it was" in replay(replace(record, subject=image())).differences
    other = replace(record, policies=(policy("p", Check("unscored")),))
    assert "criteria answer otherwise" in replay(other).differences[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        MAGIC,
        MAGIC + b"x",
        MAGIC + zstd.compress(b"\x93\x01", 3),
        MAGIC + zstd.compress(msgspec.msgpack.encode({"judgement": 1}), 3),
    ],
)
def test_what_is_no_record_is_said(data: bytes) -> None:
    with pytest.raises(DamagedError):
        unpack_record(data)
