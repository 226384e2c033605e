"""The server's ledger of waivers: who asks, who approves, and never the same person."""

import secrets
from typing import Final

import msgspec
from msgspec.structs import replace

from oakum.decisions.waivers import holds
from oakum.flows.read_policies import read_policies
from oakum.kit.errors import NotAllowedError, UsageError
from oakum.model.api import WaiverAsked
from oakum.model.waiver import APPROVED, ASKED, NEVER, REFUSED, REVOKED, Waiver, WaiverRecord
from oakum.ports.clock import Clock
from oakum.ports.ledger import Ledger

_PREFIX: Final = "waiver:"
_RECORDS: Final = 20_000
_FROM: Final = {APPROVED: {ASKED}, REFUSED: {ASKED}, REVOKED: {ASKED, APPROVED}}
"""From which states each can be reached."""


def ask_waiver(asked: WaiverAsked, actor: str, ledger: Ledger, clock: Clock, policies: str) -> WaiverRecord:
    """Ask for a waiver; it accepts nothing until somebody else approves it.

    Args:
        asked: what is to be accepted, why, and until when.
        actor: who asks.
        ledger: keeps it.
        clock: tells the time.
        policies: text of those that are on.

    Raises:
        UsageError: it would accept nothing, or everything, or never end.
    """
    _check(asked, policies)
    now = clock.now()
    id_ = f"wvr-{secrets.token_hex(6)}"
    waiver = Waiver(
        asked.id.strip(),
        asked.reason.strip(),
        asked.expires,
        asked.package,
        asked.path,
        id_,
        asked.policy,
        asked.images,
        asked.digest,
        asked_by=actor,
        ticket=asked.ticket,
    )
    if not holds(waiver, now):
        raise UsageError(f"{asked.expires} has passed")
    record = WaiverRecord(id_, waiver, asked_at=now.isoformat())
    with ledger.together():
        if len(ledger.settings(_PREFIX)) >= _RECORDS:
            raise UsageError(f"there are {_RECORDS} waivers already")
        _keep(record, ledger)
        ledger.audit(actor, "waiver.asked", id_, _detail(waiver))
    return record


def decide_waiver(id_: str, state: str, who: tuple[str, str], ledger: Ledger, clock: Clock) -> WaiverRecord | None:
    """Approve, refuse or revoke a waiver; None where there is none of this id.

    Args:
        id_: of the waiver.
        state: what it is to become.
        who: who decides, and what they say of it.
        ledger: keeps it.
        clock: tells the time.

    Raises:
        NotAllowedError: whoever asked for it would approve it.
        UsageError: it was decided already.
    """
    actor, note = who
    with ledger.together():
        record = _read(ledger.setting(_PREFIX + id_))
        if record is None:
            return None
        if record.state not in _FROM[state]:
            raise UsageError(f"{id_} is {record.state}, so it cannot become {state}")
        if state == APPROVED and actor == record.waiver.asked_by:
            raise NotAllowedError(f"{actor} asked for {id_}; somebody else has to approve it")
        waiver = replace(record.waiver, approved_by=actor if state == APPROVED else "")
        record = replace(
            record, waiver=waiver, state=state, decided_by=actor, decided_at=clock.now().isoformat(), note=note
        )
        _keep(record, ledger)
        ledger.audit(actor, f"waiver.{state}", id_, {**_detail(waiver), "note": note[:300]})
    return record


def waiver_records(ledger: Ledger, state: str = "") -> list[WaiverRecord]:
    """The waivers that were asked for, the newest first."""
    every = [record for text in ledger.settings(_PREFIX).values() if (record := _read(text)) is not None]
    return sorted((one for one in every if state in {"", one.state}), key=lambda one: one.asked_at, reverse=True)


def standing_waivers(ledger: Ledger, clock: Clock) -> tuple[Waiver, ...]:
    """The approved waivers that hold now, as every gate of the server counts them."""
    now = clock.now()
    records = waiver_records(ledger, APPROVED)
    return tuple(sorted((one.waiver for one in records if holds(one.waiver, now)), key=lambda one: one.origin))


def _check(asked: WaiverAsked, policies: str) -> None:
    if not asked.reason.strip():
        raise UsageError("a waiver needs a reason")
    if not asked.id.strip() and not asked.policy:
        raise UsageError("a waiver names a vulnerability, a policy, or both")
    if asked.expires == NEVER:
        raise UsageError("a waiver ends: name a day or a moment")
    names = {policy.name for policy in read_policies({"policies": policies.encode()})} if asked.policy else set()
    if asked.policy and asked.policy not in names:
        raise UsageError(f"no policy is named {asked.policy[:80]!r}", hint=f"there are: {', '.join(sorted(names))}")


def _keep(record: WaiverRecord, ledger: Ledger) -> None:
    ledger.set_setting(_PREFIX + record.id, msgspec.json.encode(record).decode())


def _read(text: str) -> WaiverRecord | None:
    return msgspec.json.decode(text, type=WaiverRecord) if text else None


def _detail(waiver: Waiver) -> dict[str, str]:
    said = {name: getattr(waiver, name) for name in ("id", "policy", "package", "expires", "reason", "ticket")}
    return {name: value[:300] for name, value in said.items() if value}
