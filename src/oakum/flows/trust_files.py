"""Which files of a guarded container's writable layer may start: those that hold the image's own bytes."""

import os
from typing import Protocol

from oakum.sources.host.overlay import SAME, Overlay


class Kernel(Protocol):
    """What the sensor can be asked to do."""

    def guard(self, group: int) -> None:
        """End programs of a control group that are not its image's."""
        ...

    def unguard(self, group: int) -> None:
        """Guard it no longer."""
        ...

    def trust(self, file: os.stat_result) -> None:
        """Let a file of a writable layer start, as long as it stays as it is."""
        ...


class Trust:
    """What the kernel was told of one container's files.

    Args:
        kernel: ends programs; None where there is no sensor.
        overlay: the container's files.
    """

    def __init__(self, kernel: Kernel | None, overlay: Overlay) -> None:
        """Nothing was compared yet."""
        self._kernel = kernel
        self._overlay = overlay
        self._compared: set[tuple[int, int]] = set()

    def copies(self) -> None:
        """Files that were copied up with the image's own bytes may start."""
        for path, found in self._overlay.programs():
            self._file(path, found)

    def path(self, path: str) -> None:
        """A file may start if it is there and is the image's."""
        found = self._overlay.stat_upper(path)
        if found is not None:
            self._file(path, found)

    def _file(self, path: str, found: os.stat_result) -> None:
        """Compared once for each state of the file: whatever changes it also changes its time."""
        key = (found.st_ino, found.st_ctime_ns)
        if self._kernel is None or key in self._compared:
            return
        self._compared.add(key)
        if self._overlay.compare(path) == SAME:
            self._kernel.trust(found)
