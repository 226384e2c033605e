"""What the sensor sees on this host and what it cannot, found by trying."""

import os
import platform
from typing import Final, NamedTuple

from oakum.kit.errors import TryLaterError

_TYPES: Final = "/sys/kernel/btf/vmlinux"

OBJECT: Final = os.path.join(os.path.dirname(__file__), "sensor.bpf.o")
"""The built programs; ``make sensor`` builds them, a wheel has them."""


class Part(NamedTuple):
    """One thing that the sensor can look at.

    Attributes:
        programs: in the object.
        sees: what is seen, as one sentence.
        misses: what is not, even where it works.
    """

    programs: tuple[str, ...]
    sees: str
    misses: str


PARTS: Final = {
    "exec": Part(
        ("on_exec",),
        "programs that start, with arguments, ancestors, and whether the file came with the image",
        "what an interpreter reads without starting it (sh < file, python file), starts that failed,"
        " whether a file on a volume is the image's",
    ),
    "exit": Part(("on_exit",), "processes that end, with their code or signal", "nothing known"),
    "write": Part(
        ("on_syscall",),
        "files that are opened for writing, by the open file itself, and scripts that their interpreter opens",
        "renames, removals, changes of rights, opens through io_uring, and a second open within a minute",
    ),
    "connect": Part(
        ("on_connect4", "on_connect6"),
        "connections that are tried, over IPv4 and IPv6",
        "whether they came about, datagrams without connect, and raw packets",
    ),
    "container": Part(
        ("on_group_made", "on_group_removed"),
        "containers that come, before their first process, and go",
        "containers without a control group of their own",
    ),
}
"""Every part, by the word that people choose it with."""


class Sight(NamedTuple):
    """Whether a part works here.

    Attributes:
        part: its word.
        works: it does.
        why: why not, when it does not.
    """

    part: str
    works: bool
    why: str = ""


def check_host() -> None:
    """See that the sensor can be tried at all.

    Raises:
        TryLaterError: the object was not built, or the kernel does not describe its types.
    """
    if not os.path.exists(OBJECT):
        hint = "in a checkout: apt install clang llvm libbpf-dev bpftool, then make sensor; a wheel has it built"
        raise TryLaterError("the kernel sensor was not built: sensor.bpf.o is missing", hint)
    if not os.path.exists(_TYPES):
        raise TryLaterError(
            f"this kernel ({platform.release()}) does not describe its types: {_TYPES} is missing",
            "it needs Linux 5.17 or later with CONFIG_DEBUG_INFO_BTF",
        )


def sentences(sights: list[Sight]) -> list[str]:
    """What is seen here and what is not, one line each."""
    lines = []
    for sight in sights:
        part = PARTS[sight.part]
        if sight.works:
            lines.append(f"sees {sight.part}: {part.sees}; not: {part.misses}")
        else:
            lines.append(f"blind for {sight.part}: {sight.why}")
    return lines
