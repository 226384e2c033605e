"""Verify the audit trail: each entry by its hash, the chain, and both by the heads that were signed and exported."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from oakum.model.ledger import AuditEntry, SignedHead, entry_hash
from oakum.ports.audit_export import AuditExport
from oakum.ports.ledger import Ledger

_PAGE: Final = 1000


class Verdict(Struct, frozen=True):
    """What the verification found.

    Attributes:
        entries: how many there are.
        signed: number of the last entry that a genuine head vouches for; 0 when none does.
        troubles: what is wrong, a sentence each; empty when nothing is.
    """

    entries: int
    signed: int
    troubles: tuple[str, ...] = ()


def verify_audit(ledger: Ledger, export: AuditExport | None) -> Verdict:
    """Hold the audit trail to its own chain, and to the exported heads where there are any.

    The chain alone shows a changed row. A tail that was cut and a trail that was written anew from some point have
    whole chains: only heads that lie elsewhere show those.

    Raises:
        UnreadableError: the export cannot be read.
    """
    heads, troubles = _heads(export)
    last = AuditEntry(0, "", "", "", "", hash="0" * 64)
    for entry in _entries(ledger):
        troubles.extend(_wrong(entry, last))
        for head in heads.pop(entry.number, ()):
            if head.hash != entry.hash:
                troubles.append(_rewritten(head))
        last = entry
    troubles.extend(_cut(head, last.number) for several in heads.values() for head in several[:1])
    return Verdict(last.number, _signed(export, last.number), tuple(troubles))


def _heads(export: AuditExport | None) -> tuple[dict[int, list[SignedHead]], list[str]]:
    """The genuine heads by their numbers, and what is wrong with the export itself."""
    heads: dict[int, list[SignedHead]] = {}
    troubles, highest = [], 0
    for line, head in export.heads() if export else ():
        if head is None:
            troubles.append(f"line {line} of the export is no head that this key signed")
            continue
        if head.number < highest:
            troubles.append(
                f"line {line} of the export signs entry {head.number} after {highest}: the tail was cut then"
            )
        highest = max(highest, head.number)
        heads.setdefault(head.number, []).append(head)
    return heads, troubles


def _entries(ledger: Ledger) -> Iterator[AuditEntry]:
    after = 0
    while page := ledger.trail(after=after, limit=_PAGE):
        yield from page
        after = page[-1].number


def _wrong(entry: AuditEntry, last: AuditEntry) -> Iterator[str]:
    if entry_hash(entry) != entry.hash:
        yield f"entry {entry.number} was changed: its content has another hash"
    if entry.number != last.number + 1:
        yield f"entry {last.number + 1} is missing: entry {entry.number} follows {last.number}"
    elif entry.before != last.hash:
        yield f"entry {entry.number} does not follow entry {last.number}: it holds another hash of it"


def _rewritten(head: SignedHead) -> str:
    return f"entry {head.number} is not the one that was signed on {head.at}: the trail was rewritten"


def _cut(head: SignedHead, last: int) -> str:
    return f"the tail was cut: the trail ends at entry {last}, and entry {head.number} was signed on {head.at}"


def _signed(export: AuditExport | None, last: int) -> int:
    numbers = [head.number for _, head in export.heads() if head is not None] if export else []
    return max((number for number in numbers if number <= last), default=0)
