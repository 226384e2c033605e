"""The kind of plug-in that reads a record of the kernel sensor: declare it, and the C struct that it reads.

The structs are those of ``bpf/records.h``: little-endian and without holes; a test compares every layout with the
type information of the built object. Records come from our own programs, but through memory that others could have
broken: whatever does not fit is refused, and nothing is believed about a length.
"""

import struct
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from msgspec import Struct

from oakum.kit import limits
from oakum.kit.errors import DamagedError
from oakum.kit.plugin import Kind
from oakum.model.event import Event, Process

UPPER: Final = 1
LAYERED: Final = 2
MEMORY: Final = 4
SCRIPT: Final = 8
KILLED: Final = 16
CUT: Final = 32
REMOVED: Final = 64
UNLINKED: Final = 128
OUTSIDE: Final = 256
"""Flags of a record."""

_ANCESTORS: Final = 6
_NOBODY: Final = 0xFFFFFFFF
"""The login of a process that nobody's session started (AUDIT_UID_UNSET)."""


class Layout:
    """A C struct: names of its fields with their codes of ``struct``."""

    def __init__(self, name: str, /, **fields: str) -> None:
        """Name it as in C; a dot in C is two underscores here, and text behind the struct is no field."""
        self.name = name
        self.fields = fields
        self._struct = struct.Struct("<" + "".join(fields.values()))
        self.size = self._struct.size

    def read(self, data: bytes, at: int = 0) -> tuple[Any, ...]:
        """The values at an offset.

        Raises:
            DamagedError: the data end before.
        """
        if len(data) < at + self.size:
            raise DamagedError(f"a record of the kernel ends within its {self.name}")
        return self._struct.unpack_from(data, at)

    def offsets(self) -> dict[str, tuple[int, int]]:
        """Where each field begins, and how many bytes it has."""
        found, at = {}, 0
        for name, code in self.fields.items():
            found[name.replace("__", ".")] = (at, struct.calcsize("<" + code))
            at += struct.calcsize("<" + code)
        return found


HEAD: Final = Layout(
    "head",
    size="I", kind="H", flags="H", at="Q", group="Q", started="Q",
    pid="I", thread="I", uid="I", login="I", mounts="I", depth="I", name="16s",
)  # fmt: skip
ANCESTOR: Final = Layout("ancestor", started="Q", pid="I", uid="I", name="16s")
FILE_KEY: Final = Layout("file_key", inode="Q", changed="Q", device="I", generation="I")

AFTER_ANCESTORS: Final = HEAD.size + _ANCESTORS * ANCESTOR.size
"""Where the rest of a record with ancestors begins."""


class Head(NamedTuple):
    """The beginning of every record."""

    size: int
    kind: int
    flags: int
    at: int
    group: int
    started: int
    pid: int
    thread: int
    uid: int
    login: int
    mounts: int
    depth: int
    name: bytes


class Scene(Struct):
    """What a record does not say of itself.

    Attributes:
        host: id of the host.
        booted: nanoseconds from the epoch to the boot.
        containers: container by id of its control group.
    """

    host: str
    booted: int
    containers: Mapping[int, str]


Decode = Callable[[Head, bytes, Scene], Event]


class RecordKind(Struct, frozen=True):
    """A decorated reader of one kind of record.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes of what it reads.
        number: of the kind, as the kernel's program writes it.
        layouts: the C structs that it reads.
        decode: the function.
    """

    id: str
    title: str
    version: int
    number: int
    layouts: tuple[Layout, ...]
    decode: Decode


def record(*layouts: Layout, number: int, version: int) -> Callable[[Decode], RecordKind]:
    """Declare a reader of records; it may raise ``DamagedError`` and nothing else."""

    def declare(decode: Decode) -> RecordKind:
        title = (decode.__doc__ or "").strip().split("\n", 1)[0]
        return RecordKind(decode.__name__, title, version, number, layouts, decode)

    return declare


def read_head(data: bytes) -> Head:
    """The head of a record.

    Raises:
        DamagedError: there is none, or it names another size than the record has.
    """
    head = Head._make(HEAD.read(data))
    if head.size != len(data) or head.size > limits.RECORD_BYTES:
        raise DamagedError(f"a record of the kernel has {len(data)} bytes and says {head.size}")
    return head


def event_of(head: Head, kind: str, scene: Scene, data: bytes = b"", exe: str = "") -> Event:
    """What all events have: when, where, who; with ``data``, also the ancestors."""
    return Event(
        kind=kind,
        at=scene.booted + head.at,
        host=scene.host,
        container=scene.containers.get(head.group, ""),
        process=Process(head.pid, head.started, _name(head.name), exe),
        ancestors=_ancestors(head, data) if data else (),
        uid=head.uid,
        login=-1 if head.login == _NOBODY else head.login,
        cut=bool(head.flags & CUT),
        upper=bool(head.flags & UPPER),
        layered=bool(head.flags & LAYERED),
        memory=bool(head.flags & MEMORY),
        killed=bool(head.flags & KILLED),
        outside=bool(head.flags & OUTSIDE),
    )


def path(parts: bytes) -> str:
    """A path out of its parts, leaf first, each ended by a zero byte; empty where none were read."""
    found = parts.split(b"\0")[:-1]
    return "/" + "/".join(text(part) for part in reversed(found)) if found else ""


def file_key(values: tuple[int, ...]) -> tuple[int, int, int]:
    """Device as stat(2) has it, inode and change time."""
    inode, changed, device, _ = values
    return _device(device), inode, changed


def text(raw: bytes) -> str:
    """Bytes of a name; what is no UTF-8 is written as an escape."""
    return raw.decode("utf-8", "backslashreplace")


def behind(data: bytes, at: int, *lengths: int) -> list[bytes]:
    """The texts that follow each other from an offset to the record's end.

    Raises:
        DamagedError: they are not what the record holds.
    """
    if at + sum(lengths) != len(data):
        raise DamagedError("the texts of a record of the kernel do not fill it")
    found = []
    for length in lengths:
        found.append(data[at : at + length])
        at += length
    return found


def _ancestors(head: Head, data: bytes) -> tuple[Process, ...]:
    if head.depth > _ANCESTORS:
        raise DamagedError(f"a record of the kernel has {head.depth} ancestors")
    rows = (ANCESTOR.read(data, HEAD.size + one * ANCESTOR.size) for one in range(head.depth))
    return tuple(Process(pid, started, _name(name)) for started, pid, _, name in rows)


def _name(raw: bytes) -> str:
    return text(raw.split(b"\0", 1)[0])


def _device(number: int) -> int:
    """From the kernel's own number (12 bits and 20) to that of stat(2), as glibc's makedev has it."""
    major, minor = number >> 20, number & 0xFFFFF
    return (major & 0xFFF) << 8 | minor & 0xFF | (minor & ~0xFF) << 12


def _describe(plugin: RecordKind) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version, "number": plugin.number}


RECORDS: Kind[RecordKind] = Kind("record kind", "oakum.facts.events", _describe)
"""All kinds of records."""
