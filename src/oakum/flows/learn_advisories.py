"""Learn new advisories: judge the fleet anew, and open an incident for each image that is newly affected and runs."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import Final

from oakum.flows.open_incident import open_incident
from oakum.flows.rejudge_fleet import rejudge_fleet
from oakum.model.fleet import Affected, Incident
from oakum.ports.advisories import Advisories
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger

_SHORT: Final = 12


def learn_advisories(fleet: Fleet, ledger: Ledger, advisories: Advisories, now: datetime) -> list[Affected]:
    """Judge stored packages by the advisories of now; what is newly affected and runs is an incident for each image.

    An image that is affected and does not run is in the list, and no incident: nobody is to be woken for it.
    """
    rows = rejudge_fleet(fleet, advisories)
    digest = advisories.about().digest
    for (image_id, finding), group in groupby(sorted(rows, key=_order), key=_order):
        affected = [one for one in group if one.containers]
        if affected:
            _open(image_id, finding, affected, (fleet, ledger, now.isoformat()))
    ledger.audit("system", "fleet.rejudged", digest, {"newly affected": len(rows)})
    return rows


def _many(count: int) -> str:
    return f"{count} container{'' if count == 1 else 's'}"


def _order(row: Affected) -> tuple[str, str]:
    return row.image_id, row.finding


def _open(image_id: str, finding: str, rows: Sequence[Affected], into: tuple[Fleet, Ledger, str]) -> None:
    fleet, ledger, at = into
    containers = sorted({one for row in rows for one in row.containers})
    first = rows[0]
    packages = ", ".join(dict.fromkeys(row.package for row in rows))
    fixed = ", ".join(dict.fromkeys(version for row in rows for version in row.fixed_versions))
    incident = Incident(
        id="affected-" + sha256(f"{image_id} {finding}".encode()).hexdigest()[:32],
        kind="newly_affected",
        title=f"{finding} affects {packages} in {first.image}, which runs in {_many(len(containers))}",
        at=at,
        host=first.hosts[0] if first.hosts else "",
        container=containers[0],
        image_id=image_id,
        cause=f"{packages}, brought by: {first.instruction or 'an instruction that the image does not state'}; "
        + (f"take {fixed}" if fixed else "no fixed version is known"),
    )
    facts = {
        "vulnerability": finding,
        "package": packages,
        "take": fixed,
        "instruction": first.instruction,
        "owner": first.owner,
        "containers": ", ".join(one[:_SHORT] for one in containers[:20]),
    }
    open_incident(incident, fleet, ledger, "system", {name: value for name, value in facts.items() if value})
