"""The members of an ``ar`` archive, as Debian's packages are (deb(5), "FORMAT"; ar(5))."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from msgspec import Struct

from oakum.kit.errors import DamagedError

MAGIC: Final = b"!<arch>\n"

_MEMBER: Final = struct.Struct("<16s12s6s6s8s10s2s")
_END: Final = b"`\n"


class Member(Struct, frozen=True):
    """One member.

    Attributes:
        name: without the slash that some writers end it with.
        offset: where its content begins in the file.
        size: of its content in bytes.
    """

    name: str
    offset: int
    size: int


def members(file: BinaryIO, most: int) -> Iterator[Member]:
    """The first members in the order of the archive; whoever asks reads their content.

    Args:
        file: the archive.
        most: how many are looked at.

    Raises:
        DamagedError: it is no such archive, or a header in it is none.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise DamagedError("is no ar archive")
    at = len(MAGIC)
    for _ in range(most):
        file.seek(at)
        head = file.read(_MEMBER.size)
        if not head:
            return
        member = _member(head, at + _MEMBER.size)
        yield member
        at = member.offset + member.size + member.size % 2


def _member(head: bytes, offset: int) -> Member:
    if len(head) < _MEMBER.size:
        raise DamagedError("a header of the archive is cut off")
    name, *_, size, end = _MEMBER.unpack(head)
    digits = size.rstrip(b" ")
    if end != _END or not digits.isdigit():
        raise DamagedError("what should be a header of the archive is none")
    return Member(name.decode("ascii", "backslashreplace").rstrip(" ").removesuffix("/"), offset, int(digits))
