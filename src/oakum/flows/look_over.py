"""Look over the fleet: what needs somebody now, and how much there is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from oakum.model.api import Attention, DataState, Overview
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger

TROUBLES: Final = "troubles"
"""Begins the settings in which jobs leave what fails: ``troubles:JOB``."""

_MOST: Final = 100
_SILENT: Final = timedelta(minutes=3)
_RANKS: Final = ("critical", "high", "medium", "low")
_SEVERITY: Final = {"drift": "high", "newly_affected": "high", "tag_moved": "medium", "events_lost": "medium"}


def look_over(fleet: Fleet, ledger: Ledger, data: DataState, now: datetime) -> Overview:
    """The first page of whoever comes in the morning."""
    incidents, _ = fleet.incidents(state="open", limit=_MOST)
    attention = [
        Attention(one.kind, one.title, f"/incidents/{one.id}", one.at, _SEVERITY.get(one.kind, "medium"))
        for one in incidents
    ]
    attention += [*_silent(fleet, now), *_untold(ledger), *_failing(ledger), *_data(data)]
    rank = {severity: number for number, severity in enumerate(_RANKS)}
    attention.sort(key=lambda one: one.at, reverse=True)
    attention.sort(key=lambda one: rank.get(one.severity, len(_RANKS)))
    return Overview(tuple(attention[:_MOST]), _counts(fleet, ledger, len(incidents), now), data)


def _silent(fleet: Fleet, now: datetime) -> Iterator[Attention]:
    for host in fleet.hosts():
        if host.seen and now - datetime.fromisoformat(host.seen) > _SILENT:
            title = f"the agent of {host.name} has not been heard of since {host.seen[:19]}"
            yield Attention("host_silent", title, "/hosts", host.seen, "high")


def _untold(ledger: Ledger) -> Iterator[Attention]:
    for one in ledger.deliveries(state="dead", limit=_MOST):
        title = f"{one.receiver} was not told: {one.notice.title}"
        yield Attention("delivery_dead", title, "/settings", one.notice.at, "medium")


def _failing(ledger: Ledger) -> Iterator[Attention]:
    for name, said in ledger.settings(f"{TROUBLES}:").items():
        at, _, what = said.partition(" ")
        if what:
            yield Attention("job_failing", f"{name.partition(':')[2]}: {what}", "/settings", at, "medium")
    if ledger.trouble:
        yield Attention("audit_export", f"the audit trail cannot be exported: {ledger.trouble}", "/audit", "", "high")


def _data(data: DataState) -> Iterator[Attention]:
    if data.starter:
        title = "images are judged by the starter data, a part of what is published; oakum db update gets the rest"
        yield Attention("data_old", title, "/settings", data.newest, "medium")


def _counts(fleet: Fleet, ledger: Ledger, incidents: int, now: datetime) -> dict[str, int]:
    counted = fleet.totals()
    since = (now - timedelta(days=1)).isoformat()
    return {
        "images": counted["images"],
        "containers": counted["containers"],
        "hosts": counted["hosts"],
        "incidents": incidents,
        "denied": ledger.count_judgements("deny", since),
        "waiting": len(ledger.deliveries(state="waiting", limit=_MOST)),
        "dead": len(ledger.deliveries(state="dead", limit=_MOST)),
    }
