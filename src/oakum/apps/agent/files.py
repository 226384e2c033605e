"""Looks at the writable layers of running containers again and again: the lesser promise where there is no sensor.

It finds programs that are not the image's some seconds after they came, and cannot say who brought them.
"""

import stat
from threading import Event as Flag
from typing import Final

from oakum.flows.guard_host import HostGuard
from oakum.model.subject import Change
from oakum.sources.host.overlay import SAME, Overlay

EVERY_SECONDS: Final = 3.0
PROMISE: Final = (
    "programs that are new or changed in a container are found within seconds and by their files alone:"
    " who brought them, what was started, and what was there for a moment is not seen"
)


def look_at_files(guard: HostGuard, ended: Flag) -> None:
    """Look until the flag is set."""
    while not ended.wait(EVERY_SECONDS):
        for container in guard.running():
            overlay = guard.compared(container)
            if overlay is not None:
                guard.found(container, _programs(overlay))


def _programs(overlay: Overlay) -> list[Change]:
    found = []
    for path in overlay.upper_files():
        of = overlay.stat_upper(path)
        if of is not None and stat.S_ISREG(of.st_mode) and of.st_mode & 0o111:
            what = overlay.compare(path)
            if what != SAME:
                found.append(Change(path, what))
    return found
