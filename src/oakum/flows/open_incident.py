"""Open an incident: keep it, put the notice of it into every receiver's outbox, and say so in the audit trail."""

from typing import Final

import msgspec

from oakum.model.api import Receiver
from oakum.model.fleet import Incident
from oakum.model.ledger import Notice
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger

RECEIVERS: Final = "receivers"
"""The setting that names them."""

_FILES: Final = 20


def open_incident(incident: Incident, fleet: Fleet, ledger: Ledger, actor: str, facts: dict[str, str]) -> bool:
    """Keep an incident, or its change; who is told of a new one is told once. Whether it is new.

    The notice is kept before the incident counts as known: were the process ended between the two, the incident would
    be opened again and its notice, which has the same key, be told once.

    Args:
        incident: its id is stable: the same cause gives the same one.
        fleet: keeps it.
        ledger: keeps the notice and the trail.
        actor: who saw it.
        facts: names and values for people: package, version to take, ...
    """
    known = _known(incident, fleet)
    if not known:
        with ledger.together():
            ledger.enqueue(notice_of(incident, facts), receivers_of(ledger, incident.kind))
            detail = {"kind": incident.kind, "title": incident.title, "container": incident.container}
            ledger.audit(actor, "incident.opened", incident.id, detail)
    fleet.keep_incident(incident)
    return not known


def receivers_of(ledger: Ledger, kind: str) -> tuple[str, ...]:
    """The names of those that are told of such a thing."""
    every = every_receiver(ledger)
    return tuple(one.name for one in every if not one.kinds or kind in one.kinds)


def every_receiver(ledger: Ledger) -> list[Receiver]:
    """All receivers that are set."""
    return msgspec.json.decode(ledger.setting(RECEIVERS) or "[]", type=list[Receiver])


def notice_of(incident: Incident, facts: dict[str, str]) -> Notice:
    """What people are told of an incident."""
    changed = [f"{one.what}: {one.path}" + (f" ({one.package})" if one.package else "") for one in incident.changes]
    more = [f"and {len(changed) - _FILES} more"] if len(changed) > _FILES else []
    text = "\n".join([line for line in (incident.cause, *changed[:_FILES], *more) if line])
    said = {"container": incident.container, "image": incident.image_id, "host": incident.host, **facts}
    return Notice(
        key=incident.id,
        kind=incident.kind,
        title=incident.title,
        text=text,
        link=f"/incidents/{incident.id}",
        at=incident.at,
        facts={name: value for name, value in said.items() if value},
    )


def _known(incident: Incident, fleet: Fleet) -> bool:
    return fleet.incident(incident.id) is not None
