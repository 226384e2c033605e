"""From the words of ``audit verify`` to its answer."""

import os
from collections.abc import Iterator
from typing import Final

import click

from oakum.apps import store_wiring
from oakum.effects.escape import visible
from oakum.flows.verify_audit import Verdict, verify_audit
from oakum.ports.audit_export import AuditExport

_SHOWN: Final = 20
_WHOLE: Final = 0
_BROKEN: Final = 1
_UNVOUCHED: Final = 2


def run_verify(state: str, export: str, key: str) -> int:
    """Verify the trail and say what was found; give the exit code."""
    ledger = store_wiring.look_at_ledger(state)
    try:
        verdict = verify_audit(ledger, _export(state, export, key))
    finally:
        ledger.close()
    for line in _lines(verdict):
        click.echo(visible(line))
    if not export or not key:
        click.echo("the export and the key of the state folder were taken: who can write there can make both", err=True)
    if verdict.troubles:
        return _BROKEN
    return _UNVOUCHED if verdict.entries and not verdict.signed else _WHOLE


def _export(state: str, export: str, key: str) -> AuditExport | None:
    """The heads that were asked for; those of the state folder where they are there."""
    own = os.path.join(state, store_wiring.AUDIT_EXPORT)
    if not export and not os.path.exists(own):
        return None
    public = key or os.path.join(state, f"{store_wiring.AUDIT_KEY}.pub")
    return store_wiring.audit_export(export or own, public)


def _lines(verdict: Verdict) -> Iterator[str]:
    if verdict.troubles:
        yield from verdict.troubles[:_SHOWN]
        more = len(verdict.troubles) - _SHOWN
        if more > 0:
            yield f"and {more} more"
        yield f"the audit trail of {verdict.entries} entries is NOT as it was written"
        return
    yield f"{verdict.entries} entries, each follows the one before it"
    if not verdict.entries or verdict.signed:
        after = verdict.entries - verdict.signed
        yield f"signed until entry {verdict.signed}" + (
            f"; a cut of the {after} after it would not show" if after else ""
        )
    else:
        yield "no signed head vouches for them: a cut tail or a rewritten trail would not show"
