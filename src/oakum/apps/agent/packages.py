"""Packages that were installed in a running container: its package database against its image's.

Databases are bytes of strangers, so the confined parser reads them, as in a scan.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event as Flag
from typing import Final

from oakum.apps import wiring
from oakum.flows.guard_host import HostGuard, changes_of
from oakum.flows.take_inventory import take_inventory
from oakum.kit.errors import OakumError
from oakum.kit.limits import PACKAGE_DATABASE_BYTES
from oakum.model.event import Event
from oakum.model.fetching import RegistryAsked
from oakum.sources.host.overlay import Overlay

_QUIET_SECONDS: Final = 0.3
_LOOK_SECONDS: Final = 0.1
FILES: Final = (
    "/var/lib/dpkg/status",
    "/lib/apk/db/installed",
    "/usr/lib/apk/db/installed",
    "/var/lib/rpm/rpmdb.sqlite",
    "/var/lib/rpm/Packages.db",
    "/var/lib/rpm/Packages",
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/Packages.db",
)
_SURROUNDINGS: Final = ("/etc/os-release", "/usr/lib/os-release")

Waiting = SimpleQueue[tuple[str, Event]]


def compare_packages(waiting: Waiting, guard: HostGuard, ended: Flag, say: Callable[[str], None]) -> None:
    """Compare the databases of containers whose writers have been quiet for a moment, until the flag is set."""
    causes: dict[str, tuple[float, Event]] = {}
    while not ended.is_set():
        try:
            container, event = waiting.get(timeout=_LOOK_SECONDS)
            causes[container] = time.monotonic(), causes.get(container, (0.0, event))[1]
        except Empty:
            pass
        for container, (at, cause) in list(causes.items()):
            if time.monotonic() - at >= _QUIET_SECONDS:
                del causes[container]
                overlay = guard.compared(container)
                if overlay is not None:
                    _compare(container, overlay, cause, guard, say)


def _compare(container: str, overlay: Overlay, cause: Event, guard: HostGuard, say: Callable[[str], None]) -> None:
    for path in FILES:
        has = overlay.read(path, PACKAGE_DATABASE_BYTES, image=False)
        had = overlay.read(path, PACKAGE_DATABASE_BYTES, image=True)
        if has is None or has == had:
            continue
        try:
            before, after = (_packages(path, data, overlay) for data in (had, has))
        except OakumError as error:
            say(f"the package database {path} of {container[:12]} cannot be read: {error}")
            continue
        guard.package_change(container, changes_of(before, after, path), cause)


def _packages(path: str, data: bytes | None, overlay: Overlay) -> list[str]:
    """The package URLs in a database."""
    if data is None:
        return []
    folder = tempfile.mkdtemp(prefix="oakum-packages-")
    try:
        files = {one: overlay.read(one, PACKAGE_DATABASE_BYTES, image=True) for one in _SURROUNDINGS}
        for one, content in {**files, path: data}.items():
            if content is not None:
                into = folder + one
                os.makedirs(os.path.dirname(into), exist_ok=True)
                with open(into, "wb") as file:
                    file.write(content)
        reading = wiring.reading_ports(cached=False, progress=_silent, say=_silent, asked=RegistryAsked)
        try:
            taken = take_inventory(f"rootfs:{folder}", reading)
        finally:
            reading.parser.close()
        return [one.purl for one in taken.inventory.packages]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _silent(said: str) -> None:
    """Nobody watches."""
