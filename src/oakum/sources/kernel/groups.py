"""The control groups that are there before the sensor starts."""

import os
from collections.abc import Iterator
from typing import Final

from oakum.kit import limits
from oakum.model.control_group import container_of

_UNIFIED: Final = ("/sys/fs/cgroup/unified", "/sys/fs/cgroup")
"""Where the unified hierarchy is mounted beside version 1, and alone."""

_V2_MARK: Final = "cgroup.controllers"


def unified() -> str:
    """Where the unified hierarchy is mounted, or nothing."""
    return next((path for path in _UNIFIED if os.path.exists(os.path.join(path, _V2_MARK))), "")


def pids_hierarchy() -> int:
    """The number of the pids controller's hierarchy of version 1, or 0 where there is none."""
    with open("/proc/self/cgroup", encoding="ascii", errors="replace") as lines:
        for line in lines:
            number, controllers, _ = line.split(":", 2)
            if "pids" in controllers.split(","):
                return int(number)
    return 0


def containers(root: str) -> dict[int, str]:
    """Container by id of its control group (the inode of its directory), for all below a mounted hierarchy."""
    return {group: container for group, path in _groups(root) if (container := container_of(path))}


def _groups(root: str) -> Iterator[tuple[int, str]]:
    waiting = [root]
    for _ in range(limits.CONTROL_GROUPS):
        if not waiting:
            return
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                below = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
            yield os.stat(folder).st_ino, folder[len(root) :]
        except OSError:
            continue  # it went while we looked
        waiting += below
