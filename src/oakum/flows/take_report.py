"""Take in what an agent reports: an incident, with the decision that it led to."""

from typing import Any

import msgspec
from msgspec.structs import replace

from oakum.flows.decide_gate import packed
from oakum.flows.open_incident import open_incident
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import UsageError
from oakum.model.api import IncidentReport
from oakum.model.subject import Subject
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger

CLOSED = "closed"


def take_report(report: IncidentReport, ledger: Ledger, fleet: Fleet, actor: str) -> bool:
    """Keep it; whether it is new. An incident that somebody closed stays closed when its agent says it again.

    Raises:
        UsageError: the subject is none.
    """
    if report.judgement is not None:
        subject = _subject(report.subject)
        with ledger.together():
            known = ledger.judgement(report.judgement.id) is not None
            ledger.keep_judgement(report.judgement, packed(subject))
            if not known:
                detail = {"outcome": report.judgement.outcome, "stage": "run", "incident": report.incident.id}
                ledger.audit(actor, "judgement.made", report.judgement.id, detail)
    kept = fleet.incident(report.incident.id)
    closed = kept is not None and kept.state == CLOSED
    incident = replace(report.incident, state=CLOSED) if closed else report.incident
    return open_incident(incident, fleet, ledger, actor, {})


def _subject(said: dict[str, Any]) -> Subject:
    try:
        return msgspec.convert(said, Subject)
    except UNDECODABLE as error:
        raise UsageError(f"this is no subject: {error}") from None
