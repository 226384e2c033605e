"""Whether a store changed: its files say so, without asking it anything."""

import os
from typing import Final

from oakum.apps.store_wiring import EVENTS, FLEET, LEDGER

_STORES: Final = {"ledger": LEDGER, "fleet": FLEET, "events": EVENTS}


def revisions(state: str) -> dict[str, tuple[int, int]]:
    """Store -> something that is another after each change: times and sizes of its file and of its log."""
    return {name: _of(os.path.join(state, file)) for name, file in _STORES.items()}


def _of(path: str) -> tuple[int, int]:
    at = size = 0
    for one in (path, f"{path}-wal"):
        try:
            found = os.stat(one)
        except OSError:
            continue
        at, size = max(at, found.st_mtime_ns), size + found.st_size
    return at, size
