"""Looks at the writable layers of running containers again and again: the lesser promise where there is no sensor.

It finds programs that are not the image's some seconds after they came, and cannot say who brought them.
"""

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
    compared = ((path, overlay.compare(path)) for path, _ in overlay.programs())
    return [Change(path, what) for path, what in compared if what != SAME]
