"""From the words of ``token`` to the ledger."""

import os

import click

from oakum.apps import store_wiring, wiring
from oakum.apps.server.auth import accounts
from oakum.effects.escape import visible
from oakum.kit.errors import ConfigurationError, UsageError
from oakum.model.api import TokenAsked
from oakum.ports.ledger import Ledger

_ACTOR = "state folder"
"""Whoever may write there may do everything; the trail says that it was done from there."""


def run_create(name: str, role: str, days: int, state: str) -> None:
    """Make a token; its secret alone is on standard output."""
    ledger = _ledger(state)
    try:
        made = accounts.new_token(ledger, TokenAsked(name, role, days), wiring.clock(), _ACTOR)
    finally:
        ledger.close()
    click.echo(f"oakum: {role} token {visible(name)}, {_until(made.expires)}; it is shown this once", err=True)
    click.echo(made.secret)


def run_list(state: str) -> None:
    """One line for each token."""
    ledger = store_wiring.look_at_ledger(state)
    try:
        every = accounts.shown_tokens(ledger)
    finally:
        ledger.close()
    for one in every:
        standing = f"revoked {one.revoked[:19]}" if one.revoked else _until(one.expires)
        click.echo(f"{visible(one.name):24} {one.role:8} made {one.created[:19]}  {standing}")


def run_revoke(name: str, state: str) -> None:
    """Revoke a token."""
    ledger = _ledger(state)
    try:
        if not accounts.revoke_token(ledger, name, wiring.clock(), _ACTOR):
            raise UsageError(f"there is no token {name!r}", hint="oakum token list shows those that are there")
    finally:
        ledger.close()


def _ledger(state: str) -> Ledger:
    if not os.path.exists(os.path.join(state, store_wiring.LEDGER)):
        raise ConfigurationError(f"there is no server's state in {state}", hint="oakum serve makes it")
    return store_wiring.open_ledger(state)


def _until(expires: str) -> str:
    return f"until {expires[:19]}" if expires else "without an end"
