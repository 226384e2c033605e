from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Struct

from oakum.flows.waiver_ledger import ask_waiver, decide_waiver, standing_waivers, waiver_records
from oakum.kit.errors import NotAllowedError, UsageError
from oakum.model.api import WaiverAsked
from oakum.testing.stores import MemoryLedger

POLICIES = "oakum: policy/1\nname: severe\ntitle: t\nseverity: low\nwhen: fixable\nthen: {build: deny}\n"
ASKED = WaiverAsked("not reached", "2026-12-31", "CVE-2026-1")


class Clock(Struct):
    """Implements ``ports.clock.Clock``."""

    at: datetime = datetime(2026, 11, 25, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


def test_whoever_asks_cannot_approve_and_what_was_approved_holds_to_the_second() -> None:
    clock = Clock()
    ledger = MemoryLedger(clock.now)
    end = clock.at + timedelta(minutes=1)
    asked = WaiverAsked("not reached", end.isoformat(), "CVE-2026-1")
    record = ask_waiver(asked, "token:ci", ledger, clock, POLICIES)
    assert standing_waivers(ledger, clock) == ()
    with pytest.raises(NotAllowedError, match="somebody else has to approve"):
        decide_waiver(record.id, "approved", ("token:ci", ""), ledger, clock)
    approved = decide_waiver(record.id, "approved", ("token:lead", "ok"), ledger, clock)
    assert approved is not None
    (standing,) = standing_waivers(ledger, clock)
    assert (standing.approved_by, standing.asked_by, standing.origin) == ("token:lead", "token:ci", record.id)
    clock.at = end - timedelta(microseconds=1)
    assert standing_waivers(ledger, clock)
    clock.at = end
    assert standing_waivers(ledger, clock) == ()
    assert [entry.action for entry in ledger.trail()] == ["waiver.asked", "waiver.approved"]


def test_what_was_decided_is_decided_and_can_only_be_revoked() -> None:
    clock = Clock()
    ledger = MemoryLedger(clock.now)
    first, second = (ask_waiver(ASKED, "token:ci", ledger, clock, POLICIES) for _ in range(2))
    decide_waiver(first.id, "refused", ("admin", "no"), ledger, clock)
    decide_waiver(second.id, "approved", ("admin", ""), ledger, clock)
    for id_, state in ((first.id, "approved"), (first.id, "revoked"), (second.id, "refused")):
        with pytest.raises(UsageError, match="cannot become"):
            decide_waiver(id_, state, ("token:lead", ""), ledger, clock)
    assert decide_waiver(second.id, "revoked", ("token:ci", ""), ledger, clock) is not None
    assert standing_waivers(ledger, clock) == ()
    assert decide_waiver("wvr-none", "approved", ("admin", ""), ledger, clock) is None
    assert [one.id for one in waiver_records(ledger, "refused")] == [first.id]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (WaiverAsked(" ", "2026-12-31", "CVE-1"), "needs a reason"),
        (WaiverAsked("x", "2026-12-31"), "names a vulnerability, a policy"),
        (WaiverAsked("x", "never", "CVE-1"), "a waiver ends"),
        (WaiverAsked("x", "2026-11-24", "CVE-1"), "has passed"),
        (WaiverAsked("x", "2026-12-31", policy="sever"), "no policy is named 'sever'"),
    ],
)
def test_what_would_accept_nothing_or_for_ever_is_refused(asked: WaiverAsked, said: str) -> None:
    clock = Clock()
    ledger = MemoryLedger(clock.now)
    with pytest.raises(UsageError, match=said):
        ask_waiver(asked, "token:ci", ledger, clock, POLICIES)
    assert waiver_records(ledger) == []
