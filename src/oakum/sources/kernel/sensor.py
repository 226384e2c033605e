"""The sensor, running: start it, ask it for records, guard containers, stop it."""

import errno
import os
import platform
import select
import struct
import time
from collections.abc import Iterable
from typing import Final, NamedTuple

from oakum.kit import limits
from oakum.kit.errors import NotPermittedError, TryLaterError
from oakum.sources.kernel import groups
from oakum.sources.kernel.libbpf import BpfObject, Library
from oakum.sources.kernel.losses import Losses, Totals
from oakum.sources.kernel.probe import OBJECT, PARTS, Sight, check_host
from oakum.sources.kernel.ring import CopyingRing, MappedRing

SETTINGS: Final = struct.Struct("<QQQIIII")
"""``struct settings`` of bpf/records.h."""

FILE_KEY: Final = struct.Struct("<QQII")
"""``struct file_key`` of bpf/records.h."""

_RINGS: Final = {"urgent": 4 * limits.MIB, "bulk": 16 * limits.MIB}
_AT: Final = struct.Struct("<8xQ")
_NANOSECONDS: Final = 1_000_000_000
_WAKE: Final = 0.005
"""The kernel wakes us no more often than this; so soon after a record we look again by ourselves."""

_IDLE: Final = 0.2
_LOSSES_EVERY: Final = 1.0
_FORBIDDEN: Final = f"the kernel refused it: {os.strerror(errno.EPERM)}"
_X86: Final = frozenset(("x86_64", "AMD64", "i686"))


class Asked(NamedTuple):
    """What the sensor shall do.

    Attributes:
        parts: words of ``probe.PARTS``.
        repeat: seconds for which the same open for writing by the same program is not told again.
        rate: writes and connections that are told of one container in a second; 0 sets no bound.
        host_too: tell of the host's own processes as well.
    """

    parts: tuple[str, ...] = tuple(PARTS)
    repeat: int = 60
    rate: int = 20_000
    host_too: bool = False


class Sensor:
    """A sensor that runs until it is closed."""

    def __init__(self, asked: Asked) -> None:
        """Load what this kernel takes of what is asked for, and start it.

        Raises:
            TryLaterError: the object, libbpf, or the kernel's types are missing, or nothing of it loads.
            NotPermittedError: this user may not.
        """
        check_host()
        self._library = Library()
        self._root = groups.unified()
        self._object, self.sights = self._start(asked)
        self._rings = [self._ring(name, size) for name, size in _RINGS.items()]
        self._poll = select.epoll()
        for ring in self._rings:
            self._poll.register(ring.descriptor, select.EPOLLIN)
        self._losses = Losses(
            self._object.map("losses"), self._object.map("totals"), self._library.call.libbpf_num_possible_cpus()
        )
        self._guarded, self._same = self._object.map("guarded"), self._object.map("same_bytes")
        self._containers = self._object.map("containers")
        self._looked = 0.0
        self._busy = True

    def containers(self) -> dict[int, str]:
        """The containers that are there, by id of their control group; ask after the start, so that none is missed."""
        found = groups.containers(self._root or "/sys/fs/cgroup/pids")
        for group in found:
            self.know(group)
        return found

    def know(self, group: int) -> None:
        """Take a control group for a container's: its processes are told of even where they see the host's files."""
        self._containers.set(struct.pack("<Q", group), struct.pack("<I", 1))

    def poll(self, seconds: float) -> list[bytes]:
        """Records that came, in the order of their times; waits for the first at most so long."""
        self._poll.poll(min(seconds, _WAKE if self._busy else _IDLE))
        records = [record for ring in self._rings for record in ring.take(limits.RECORD_BATCH)]
        self._busy = bool(records)
        if time.monotonic() - self._looked >= _LOSSES_EVERY:
            self._looked = time.monotonic()
            records += self._losses.news()
        records.sort(key=_at)
        return records

    def last(self) -> list[bytes]:
        """Losses that were not told yet; for the end."""
        return self._losses.news()

    def totals(self) -> Totals:
        """What was lost and left out on the whole host."""
        return self._losses.total()

    def guard(self, group: int) -> None:
        """From now on end programs of this control group that come from the upper layer or from memory."""
        self._guarded.set(struct.pack("<Q", group), struct.pack("<I", 1))

    def unguard(self, group: int) -> None:
        """Guard it no longer."""
        self._guarded.remove(struct.pack("<Q", group))

    def trust(self, file: os.stat_result) -> None:
        """Let a file of the upper layer start although its container is guarded: it has the image's own bytes.

        It holds for these bytes alone: a write or a change of rights moves the change time, and with it the key.
        """
        device = os.major(file.st_dev) << 20 | os.minor(file.st_dev)
        self._same.set(FILE_KEY.pack(file.st_ino, file.st_ctime_ns, device, 0), struct.pack("<I", 1))

    def close(self) -> None:
        """Stop it; the kernel forgets its programs."""
        self._poll.close()
        for ring in self._rings:
            ring.close()
        self._object.close()

    def _ring(self, name: str, size: int) -> MappedRing | CopyingRing:
        descriptor = self._object.map(name).descriptor
        if platform.machine() in _X86:
            return MappedRing(descriptor, size)
        return CopyingRing(self._library, descriptor)

    def _start(self, asked: Asked) -> tuple[BpfObject, list[Sight]]:
        """All at once; where that fails, part by part, to know which ones the kernel refuses."""
        refused: dict[str, str] = {}
        loaded = self._load(asked, asked.parts, refused)
        if loaded is None:
            refused = {}
            for part in asked.parts:
                if one := self._load(asked, (part,), refused):
                    one.close()
            left = [part for part in asked.parts if part not in refused]
            loaded = self._load(asked, left, {}) if left else None
        if loaded is None and set(refused.values()) == {_FORBIDDEN}:
            raise NotPermittedError("the kernel lets this user load no BPF programs", "run as root")
        if loaded is None:
            raise TryLaterError(f"this kernel takes no part of the sensor: {next(iter(refused.values()), '')}")
        return loaded, self._attach(loaded, asked, refused)

    def _load(self, asked: Asked, parts: Iterable[str], refused: dict[str, str]) -> BpfObject | None:
        chosen = tuple(parts)
        opened = BpfObject(self._library, OBJECT)
        for part, stated in PARTS.items():
            for program in stated.programs:
                opened.choose(program, load=part in chosen)
        opened.constants(_settings(asked, unified=bool(self._root)))
        try:
            opened.load()
        except OSError as error:
            opened.close()
            refused |= dict.fromkeys(chosen, f"the kernel refused it: {error.strerror}")
        else:
            return opened
        return None

    def _attach(self, loaded: BpfObject, asked: Asked, refused: dict[str, str]) -> list[Sight]:
        sights = []
        for part in asked.parts:
            why = refused.get(part, "") or self._attach_part(loaded, part)
            sights.append(Sight(part, not why, why))
        return sights

    def _attach_part(self, loaded: BpfObject, part: str) -> str:
        group = -1
        if part == "connect":
            if not self._root:
                return "no unified control-group hierarchy is mounted"
            group = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for program in PARTS[part].programs:
                loaded.attach(program, group)
        except OSError as error:
            return f"the kernel refused it: {error.strerror}"
        finally:
            if group >= 0:
                os.close(group)
        return ""


def _at(record: bytes) -> int:
    moment: int = _AT.unpack_from(record)[0]
    return moment


def _settings(asked: Asked, *, unified: bool) -> bytes:
    hierarchy = 0 if unified else groups.pids_hierarchy()
    times = asked.repeat * _NANOSECONDS, asked.rate, int(_WAKE * _NANOSECONDS)
    return SETTINGS.pack(*times, _host_mounts(), hierarchy, os.getpid(), asked.host_too)


def _host_mounts() -> int:
    """The mount namespace of the host: that of process 1, or ours where that may not be read.

    They differ where the sensor runs in a container that sees the host's processes.
    """
    for process in ("1", "self"):
        try:
            return os.stat(f"/proc/{process}/ns/mnt").st_ino
        except OSError:
            continue
    raise NotPermittedError("the mount namespace of this process cannot be read", "mount /proc")
