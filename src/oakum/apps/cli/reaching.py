"""From the words of ``affected`` to what is reached."""

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from oakum.apps import store_wiring
from oakum.apps.cli.output import write_document
from oakum.apps.cli.server_options import server_of
from oakum.effects.reach_text import reach_text
from oakum.effects.whole_text import json_bytes
from oakum.flows.find_affected import Asked, Reach, find_affected
from oakum.model.api import AffectedAnswer


def run_affected(asked: Asked, form: str, options: Mapping[str, str]) -> int:
    """Print what a package or a vulnerability reaches, as a server or its folder knows it; 0, whatever that is."""
    reach = _from_server(asked, options) if options["server"] else _from_folder(asked, options["state"])
    write_document(_document(reach, form), "")
    return 0


def _from_server(asked: Asked, options: Mapping[str, str]) -> Reach:
    server = server_of(options["server"], options["token_file"], options["ca"])
    query = urlencode({"package": asked.package, "below": asked.below, "cve": asked.finding})
    said = msgspec.json.decode(server.ask("GET", f"/affected?{query}"), type=AffectedAnswer)
    server.close()
    return Reach(said.affected, said.unknown)


def _from_folder(asked: Asked, state: str) -> Reach:
    fleet = store_wiring.look_at_fleet(state)
    try:
        return find_affected(fleet, asked)
    finally:
        fleet.close()


def _document(reach: Reach, form: str) -> bytes:
    if form == "json":
        return json_bytes(msgspec.to_builtins(reach))
    return reach_text(reach.affected, reach.unknown).encode()
