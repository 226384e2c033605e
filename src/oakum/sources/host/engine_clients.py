"""Who is connected to a Unix socket of this host, and as whom they are here.

The kernel lists its Unix sockets with the peer of each (sock_diag(7)); ``/proc`` says whose descriptor a
peer is. The engine itself tells nobody who asked it, so this is asked in the moment in which it is asked.
"""

import os
import socket
import struct
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from oakum.model.control_group import container_of

_FAMILY_REQUEST: Final = 20
_DUMP: Final = 0x301
_SHOW_NAME_AND_PEER: Final = 0x5
_HEADER: Final = struct.Struct("=IHHII")
_QUESTION: Final = struct.Struct("=BBHIIIII")
_ANSWER: Final = struct.Struct("=BBBBIII")
_ATTRIBUTE: Final = struct.Struct("=HH")
_NAME, _PEER = 0, 2
_DONE, _ERROR = 3, 2
_EVERY: Final = 0xFFFFFFFF
_BYTES: Final = 1 << 20
_SECONDS: Final = 0.5
_UNSET: Final = "4294967295"


class Client(Struct, frozen=True):
    """A process that is connected.

    Attributes:
        pid: of it.
        user: its real user id.
        login: the user id that somebody logged in as before becoming this user, or empty.
        container: the container that it runs in, or empty.
    """

    pid: int
    user: int
    login: str = ""
    container: str = ""

    @property
    def name(self) -> str:
        """``container:ID``, ``login:1000``, or ``uid:0``: the strongest that can be said."""
        if self.container:
            return f"container:{self.container}"
        return f"login:{self.login}" if self.login else f"uid:{self.user}"


def clients(path: str) -> list[Client]:
    """The processes that are connected to a socket; nothing where the kernel does not say."""
    try:
        peers = _peers(os.path.realpath(path).encode(), path.encode())
    except OSError:
        return []
    wanted = {f"socket:[{inode}]" for inode in peers}
    return [one for pid in _owners(wanted) if (one := _client(pid)) is not None] if wanted else []


def _peers(*names: bytes) -> set[int]:
    """The inodes of the sockets at the other ends of those that bear a name."""
    found: set[int] = set()
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, 4) as line:  # NETLINK_SOCK_DIAG
        line.settimeout(_SECONDS)
        question = _QUESTION.pack(socket.AF_UNIX, 0, 0, _EVERY, 0, _SHOW_NAME_AND_PEER, _EVERY, _EVERY)
        line.send(_HEADER.pack(_HEADER.size + len(question), _FAMILY_REQUEST, _DUMP, 1, 0) + question)
        while True:
            for kind, body in _messages(line.recv(_BYTES)):
                if kind in {_DONE, _ERROR}:
                    return found
                attributes = dict(_attributes(body))
                if attributes.get(_NAME, b"").rstrip(b"\0") in names and _PEER in attributes:
                    found.add(int.from_bytes(attributes[_PEER][:4], "little"))


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _HEADER.size <= len(data):
        length, kind, *_ = _HEADER.unpack_from(data, at)
        if length < _HEADER.size:
            return
        yield kind, data[at + _HEADER.size : at + length]
        at += (length + 3) & ~3


def _attributes(body: bytes) -> Iterator[tuple[int, bytes]]:
    at = _ANSWER.size
    while at + _ATTRIBUTE.size <= len(body):
        length, kind = _ATTRIBUTE.unpack_from(body, at)
        if length < _ATTRIBUTE.size:
            return
        yield kind, body[at + _ATTRIBUTE.size : at + length]
        at += (length + 3) & ~3


def _owners(wanted: set[str]) -> Iterator[int]:
    """The processes, but this one, that hold one of these descriptors."""
    own = os.getpid()
    for name in os.listdir("/proc"):
        if name.isdecimal() and int(name) != own and _holds(name, wanted):
            yield int(name)


def _holds(pid: str, wanted: set[str]) -> bool:
    try:
        with os.scandir(f"/proc/{pid}/fd") as descriptors:
            return any(_target(one.path) in wanted for one in descriptors)
    except OSError:  # it has ended
        return False


def _target(path: str) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return ""


def _client(pid: int) -> Client | None:
    try:
        user = os.stat(f"/proc/{pid}").st_uid
        login = _read(f"/proc/{pid}/loginuid").strip()
        groups = _read(f"/proc/{pid}/cgroup")
    except OSError:
        return None
    container = next((one for line in groups.splitlines() if (one := container_of(line.rpartition(":")[2]))), "")
    return Client(pid, user, "" if login in {"", _UNSET} else login, container)


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read(100_000)
