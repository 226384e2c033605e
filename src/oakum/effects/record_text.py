"""A decision explained: what it rests on, what every policy said, and what would flip it."""

from collections.abc import Iterator

from oakum.effects.escape import visible
from oakum.effects.format import Page
from oakum.effects.judgement_text import judgement_text
from oakum.model.record import DecisionRecord


def record_text(record: DecisionRecord, page: Page) -> bytes:
    """The decision as the gate says it, its inputs by digest, and the policies that had nothing to say."""
    head = judgement_text(record.judgement, record.judgement.reference or "the workload", page)
    return head + ("\n".join(_lines(record)) + "\n").encode("utf-8", "backslashreplace")


def _lines(record: DecisionRecord) -> Iterator[str]:
    judgement, subject = record.judgement, record.subject
    yield ""
    yield f"Decided {judgement.made}, stage {judgement.stage}, by Oakum {record.written}"
    yield f"  decision  {judgement.id}"
    yield f"  subject   {judgement.subject}"
    yield f"  image     {judgement.image_id or 'none that is known'}"
    yield f"  policies  {judgement.policies} ({len(record.policies)})"
    yield f"  waivers   {judgement.waivers} ({len(record.waivers)}, {judgement.accepted} findings accepted)"
    yield f"  data      {judgement.database or 'none'}{f', as of {subject.data}' if subject.data else ''}"
    said = {breach.policy for breach in judgement.breaches}
    quiet = [one.name for one in record.policies if judgement.stage in one.then and one.name not in said]
    if quiet:
        yield f"Nothing to say had: {visible(', '.join(sorted(quiet)))}"
    for waiver in record.waivers:
        yield f"Waiver: {visible(f'{waiver.id} until {waiver.expires}: {waiver.reason} ({waiver.origin})')}"
