"""From the words of ``decision`` to a record, and what it says."""

import os
import re
from collections.abc import Mapping
from typing import Final

import click
import msgspec

from oakum.apps.cli.output import write_document
from oakum.apps.cli.page import page
from oakum.apps.cli.server_options import server_of
from oakum.effects.record_text import record_text
from oakum.effects.whole_text import json_bytes
from oakum.flows.replay_decision import replay, unpack_record
from oakum.kit.errors import UnreadableError, UsageError
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.record import DecisionRecord

_ID: Final = re.compile(r"sha256:[0-9a-f]{64}")


def run_explain(name: str, form: str, options: Mapping[str, str]) -> int:
    """Print a decision with all that it rests on."""
    record = _record(name, options)
    as_json = form == "json"
    write_document(json_bytes(msgspec.to_builtins(record)) if as_json else record_text(record, page(to_file=False)), "")
    return 0


def run_replay(name: str, options: Mapping[str, str]) -> int:
    """Decide again; 0 when it is the same byte by byte."""
    record = _record(name, options)
    replayed = replay(record)
    if not replayed.differences:
        click.echo(f"the same, byte by byte: {record.judgement.outcome} ({record.judgement.id})")
        return 0
    click.echo(f"not the same: {record.judgement.outcome} then, {replayed.judgement.outcome} now")
    for said in replayed.differences:
        click.echo(f"- {said}")
    return 1


def _record(name: str, options: Mapping[str, str]) -> DecisionRecord:
    """The record in a file, or of a decision that a server keeps."""
    if not options["server"]:
        if _ID.fullmatch(name) and not os.path.exists(name):
            raise UsageError("a decision is known by its id to the server that keeps it", hint="--server URL")
        return unpack_record(_read(name))
    server = server_of(options["server"], options["token_file"], options["ca"])
    try:
        return unpack_record(server.ask("GET", f"/decisions/{name}/record"))
    finally:
        server.close()


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(INVENTORY_BYTES)
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from None
