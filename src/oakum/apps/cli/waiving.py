"""From the words of ``waiver`` to the server's ledger of them."""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote, urlencode

import click
import msgspec

from oakum.apps.cli.output import write_document
from oakum.apps.cli.server_options import server_of
from oakum.effects.escape import visible
from oakum.effects.whole_text import json_bytes
from oakum.model.api import WaiverAsked, WaiverDecision
from oakum.model.waiver import WaiverRecord

State = Literal["approved", "refused", "revoked"]


def run_ask(options: Mapping[str, object]) -> None:
    """Ask for a waiver; its id alone is on standard output."""
    said = {name: value for name, value in options.items() if name not in {"server", "token_file", "ca", "id_"}}
    asked = msgspec.convert({**said, "id": options["id_"]}, WaiverAsked)
    record = _asked("POST", "/waivers", msgspec.json.encode(asked), {name: str(options[name]) for name in _SERVER})
    click.echo("oakum: it counts once somebody else approves it", err=True)
    click.echo(record.id)


def run_list(state: str, form: str, options: Mapping[str, str]) -> None:
    """Print waivers."""
    server = server_of(options["server"], options["token_file"], options["ca"])
    said = server.ask("GET", f"/waivers?{urlencode({'state': state})}")
    server.close()
    records = msgspec.json.decode(said, type=list[WaiverRecord])
    if form == "json":
        write_document(json_bytes(msgspec.to_builtins(records)), "")
        return
    for one in records:
        waiver = one.waiver
        what = " ".join(part for part in (waiver.id, waiver.package, waiver.policy, *waiver.images) if part)
        by = f", {one.state} by {one.decided_by}" if one.decided_by else ""
        click.echo(visible(f"{one.id}  {one.state:8} until {waiver.expires:20} {what}"))
        click.echo(visible(f"    {waiver.reason} (asked by {waiver.asked_by}{by})"))


def run_decide(id_: str, state: State, note: str, options: Mapping[str, str]) -> None:
    """Approve, refuse or revoke a waiver."""
    body = msgspec.json.encode(WaiverDecision(state, note))
    record = _asked("POST", f"/waivers/{quote(id_, safe='')}/decision", body, options)
    click.echo(visible(f"{record.id} {record.state} by {record.decided_by}"))


_SERVER = ("server", "token_file", "ca")


def _asked(method: str, path: str, body: bytes, options: Mapping[str, str]) -> WaiverRecord:
    server = server_of(options["server"], options["token_file"], options["ca"])
    try:
        return msgspec.json.decode(server.ask(method, path, body), type=WaiverRecord)
    finally:
        server.close()
