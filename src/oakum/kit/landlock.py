"""Landlock: from a moment on this process reads a few places, and opens nothing else.

Source: landlock(7), and the kernel's ``uapi/linux/landlock.h``. A right that a ruleset *handles* is refused
everywhere but where a rule grants it; so everything that the kernel knows is handled, and reading alone is granted.
"""

import os
import stat
import struct
from collections.abc import Iterable
from typing import Final

from oakum.kit.syscalls import call

_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3

_VERSION_ASKED: Final = 1
_PATH_BENEATH: Final = 1

_FILE_RIGHTS: Final = (0, 13, 14, 15, 15, 16, 16, 16, 16, 17)
"""How many rights on files each version knows: REFER came with 2, TRUNCATE with 3, IOCTL_DEV with 5, and
RESOLVE_UNIX, the connecting to a socket by its path, with 9."""

TCP_FROM: Final = 4
_TCP: Final = 0b11
"""BIND_TCP and CONNECT_TCP."""

_SCOPES_FROM: Final = 6
_SCOPES: Final = 0b11
"""Abstract sockets of others, and signals to others."""

NEWEST: Final = len(_FILE_RIGHTS) - 1
"""The newest version whose rights are known here; a newer kernel knows these as well."""


def version() -> int:
    """The version of Landlock's interface that this kernel has.

    Raises:
        OSError: it has none (ENOSYS), it is switched off (EOPNOTSUPP), or a container's filter refuses (EPERM).
    """
    return call("landlock_create_ruleset", None, 0, _VERSION_ASKED)


def restrict(readable: Iterable[str]) -> int:
    """Let this process read what lies at and below some paths, and do nothing else with files; give the version.

    What is open already stays open with the rights that it was opened with. The process must have given up gaining
    privileges (``PR_SET_NO_NEW_PRIVS``), and threads that are there already stay free.

    Args:
        readable: files and folders; those that are not there are passed over.

    Raises:
        OSError: the kernel cannot, or does not let it.
    """
    known = min(version(), NEWEST)
    wanted = [(1 << _FILE_RIGHTS[known]) - 1]
    if known >= TCP_FROM:
        wanted.append(_TCP)
    if known >= _SCOPES_FROM:
        wanted.append(_SCOPES)
    attributes = struct.pack(f"={len(wanted)}Q", *wanted)
    ruleset = call("landlock_create_ruleset", attributes, len(attributes), 0)
    try:
        for path in readable:
            _grant(ruleset, path)
        call("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)
    return known


def _grant(ruleset: int, path: str) -> None:
    """Grant reading at and below a path."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # who opens it later says why it cannot be opened
    try:
        folder = stat.S_ISDIR(os.fstat(place).st_mode)
        rule = struct.pack("=Qi", _READ_FILE | _READ_DIR if folder else _READ_FILE, place)
        call("landlock_add_rule", ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(place)
