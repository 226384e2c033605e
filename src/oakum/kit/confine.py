"""Confine this process before it touches hostile bytes: files by Landlock, the kernel by seccomp.

Nothing here is undone or switched off again. What the kernel cannot do is not an error: it is said, and the one who
asked decides what to say of it. What is said to hold was tried.
"""

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple

from oakum.kit import landlock, seccomp
from oakum.kit.syscalls import call

_SET_DUMPABLE: Final = 4
_SET_NO_NEW_PRIVILEGES: Final = 38

_CAPABILITIES: Final = 0x20080522
"""The third version of the interface of capget(2)."""

_OVERRIDE: Final = 1 << 1
_READ_SEARCH: Final = 1 << 2

_LIBRARIES: Final = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store", "/gnu/store",
)  # fmt: skip
"""Where the dynamic linker finds what a module of the standard library is linked with."""

_MOST_OPEN: Final = 65_536

_SOCKET: Final = (1, 1, 0)
"""AF_UNIX, SOCK_STREAM."""


class Held(NamedTuple):
    """What holds from now on.

    Attributes:
        landlock: version of the interface whose rights are refused, or 0.
        seccomp: whether system calls are filtered.
        tcp: whether no TCP connection can be made.
        weaknesses: what does not hold, and why, each a sentence.
    """

    landlock: int
    seccomp: bool
    tcp: bool
    weaknesses: tuple[str, ...]


def confine(readable: Iterable[str], keep: Collection[int]) -> Held:
    """Confine this process for good; to be called before it has a second thread.

    Args:
        readable: files and folders that it is to read, besides the interpreter with its modules.
        keep: descriptors that it is to keep, besides the standard streams.
    """
    weaknesses = _crowd()
    close_others({0, 1, 2, *keep})
    places = [*readable, *interpreter()]
    whole = any(_is_root(place) for place in places)
    _give_up()
    files, version = _attempt(lambda: landlock.restrict(places))
    calls, _ = _attempt(seccomp.install)
    if not files and not whole and _opens("/"):
        files = "the kernel does not keep what it promised of Landlock"
    if not calls and not _refuses_sockets():
        calls = "the kernel does not keep what it promised of seccomp"
    if files:
        weaknesses.append(
            f"Landlock does not hold ({files}): a parser that was taken over could read every file of yours"
        )
    if calls:
        weaknesses.append(f"seccomp does not hold ({calls}): a parser that was taken over could do what you can")
    version = 0 if files else version
    return Held(version, not calls, not calls or version >= landlock.TCP_FROM, tuple(weaknesses))


def interpreter() -> list[str]:
    """What this interpreter reads when it imports something: its modules, ours, and the libraries below them."""
    folders = [folder for folder in sys.path if folder]
    return [*folders, os.path.join(sys.base_prefix, "lib"), *_LIBRARIES]


def close_others(keep: Collection[int]) -> None:
    """Close every descriptor but these: what a careless parent of our parent left open is not for hostile bytes."""
    try:
        numbers = [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        numbers = list(range(min(os.sysconf("SC_OPEN_MAX"), _MOST_OPEN)))
    for number in numbers:
        if number not in keep:
            _close(number)


def _close(number: int) -> None:
    try:
        os.close(number)
    except OSError:
        return  # it was open for the listing alone


def _crowd() -> list[str]:
    """Whether threads are there already: Landlock does not reach them."""
    try:
        threads = len(os.listdir("/proc/self/task"))
    except OSError:
        return []
    return [] if threads == 1 else [f"{threads - 1} threads were there before the parser was confined"]


def _give_up() -> None:
    """Give up every privilege but reading, and keep others of the same user from looking into this process."""
    _attempt(lambda: call("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _attempt(lambda: call("prctl", _SET_DUMPABLE, 0, 0, 0, 0))
    _attempt(_drop_capabilities)


def _drop_capabilities() -> int:
    """Keep, of root's powers, that of reading what others own; a container's root may have it in another form alone."""
    head = struct.pack("=Ii", _CAPABILITIES, 0)
    state = ctypes.create_string_buffer(24)
    call("capget", head, ctypes.addressof(state))
    permitted = struct.unpack("=6I", state.raw)[1]
    left = permitted & _READ_SEARCH or permitted & _OVERRIDE
    return call("capset", head, struct.pack("=6I", left, left, 0, 0, 0, 0))


def _attempt(step: Callable[[], int]) -> tuple[str, int]:
    """Take a step; give why it failed, or nothing, and what it gave."""
    try:
        return "", step()
    except OSError as error:
        return _why(error), 0


def _why(error: OSError) -> str:
    if error.errno == errno.ENOSYS:
        return "this kernel does not have it"
    if error.errno == errno.EOPNOTSUPP:
        return "it is switched off in this kernel"
    if error.errno in {errno.EPERM, errno.EACCES}:
        return "the surroundings refuse it, as a container's profile does"
    return error.strerror or str(error)


def _is_root(place: str) -> bool:
    try:
        return os.path.samefile(place, "/")
    except OSError:
        return False


def _opens(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    except OSError:
        return False
    return True


def _refuses_sockets() -> bool:
    try:
        os.close(call("socket", *_SOCKET))
    except OSError as error:
        return error.errno == errno.EPERM
    return False
