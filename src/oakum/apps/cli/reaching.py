"""From the words of ``affected`` to what is reached."""

import msgspec

from oakum.apps import store_wiring
from oakum.apps.cli.output import write_document
from oakum.effects.reach_text import reach_text
from oakum.effects.whole_text import json_bytes
from oakum.flows.find_affected import Asked, Reach, find_affected


def run_affected(asked: Asked, state: str, form: str) -> int:
    """Print what a package or a vulnerability reaches; 0, whatever that is."""
    fleet = store_wiring.look_at_fleet(state)
    try:
        reach = find_affected(fleet, asked)
    finally:
        fleet.close()
    write_document(_document(reach, form), "")
    return 0


def _document(reach: Reach, form: str) -> bytes:
    if form == "json":
        return json_bytes(msgspec.to_builtins(reach))
    return reach_text(reach.affected, reach.unknown).encode()
