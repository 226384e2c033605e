"""The fields of tar headers: POSIX ustar and pax (IEEE 1003.1, pax), GNU tar's long names and sparse files."""

import posixpath
from typing import Final

from oakum.kit.errors import DamagedError

BLOCK: Final = 512
ZEROS: Final = bytes(BLOCK)

REGULAR: Final = frozenset(b"0\x007")
"""Type flags of regular files: today's, that of V7 tar, and the contiguous file that nobody makes."""
HARD_LINK, SYMBOLIC_LINK, DIRECTORY, GNU_SPARSE = b"125S"
WITHOUT_CONTENT: Final = frozenset(b"123456")
"""Links, devices, folders and pipes: whatever size they state, engines take no content for them, so neither do we."""
EXTENDED: Final = frozenset(b"xgLK")

_SPARSE_PAIR: Final = ("GNU.sparse.offset", "GNU.sparse.numbytes")
_SPARSE_MAP: Final = "GNU.sparse.map"
_DIGITS: Final = 19  # those of 2**63

Stretches = tuple[tuple[int, int], ...]
"""Where the stored pieces of a sparse file belong: (offset, length)."""


def number(field: bytes) -> int:
    """A number of a header: octal text, or base 256 when the first bit is set (GNU).

    Raises:
        DamagedError: it is neither.
    """
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.split(b"\0", 1)[0].strip() or b"0"
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        raise DamagedError("a tar header holds a number that is none")
    return int(digits, 8)


def lenient(field: bytes) -> int:
    """A number of a header that nothing is located by, so that a broken one harms nothing: 0 where it is none."""
    try:
        return number(field)
    except DamagedError:
        return 0


def decimal(digits: str) -> int:
    """A number of a pax header.

    Raises:
        DamagedError: it is none, or larger than any file.
    """
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _DIGITS:
        raise DamagedError("a pax header holds a number that is none")
    return int(digits)


def is_header(block: bytes) -> bool:
    """Whether a block's checksum is right, counted unsigned or, as some old systems did, signed."""
    stated = number(block[148:156])
    rest = block[:148] + b" " * 8 + block[156:]
    unsigned = sum(rest)
    return stated in {unsigned, unsigned - 256 * sum(byte > 127 for byte in rest)}  # noqa: PLR2004 - the sign bit


def text(field: bytes) -> str:
    """A text of a header; bytes that are no UTF-8 stay visible as escapes and names stay distinct."""
    return field.split(b"\0", 1)[0].decode("utf-8", "backslashreplace")


def clean(name: str) -> str:
    """A path from the root, without leading or trailing slash and without dots: it cannot leave the root."""
    if name[:2] == "./":
        name = name[2:]
    name = name.strip("/")
    if "//" in name or name[:1] == "." or "/." in name:
        return posixpath.normpath("/" + name).lstrip("/")
    return name


def pax_records(data: bytes) -> dict[str, str]:
    """The records of a pax extended header: ``length key=value`` lines.

    Raises:
        DamagedError: a record does not keep its length.
    """
    records: dict[str, str] = {}
    pairs: list[str] = []  # format 0.0 of sparse files repeats a key for each piece
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + 20)
        digits = data[at:space]
        if space < 0 or not digits.isdigit():
            raise DamagedError("a pax header holds a record without length")
        end = at + int(digits)
        key, equals, value = data[space + 1 : end - 1].partition(b"=")
        if end <= space or end > len(data) or not equals:
            raise DamagedError("a pax header holds a broken record")
        name, said = key.decode("utf-8", "backslashreplace"), value.decode("utf-8", "backslashreplace")
        if name in _SPARSE_PAIR:
            pairs.append(said)
        else:
            records[name] = said
        at = end
    return {**records, _SPARSE_MAP: ",".join(pairs)} if pairs else records


def old_sparse(block: bytes, start: int, count: int) -> Stretches:
    """The sparse entries of a GNU header or of one of its extension blocks."""
    stretches = []
    for at in range(start, start + 24 * count, 24):
        if block[at] == 0:
            break
        stretches.append((number(block[at : at + 12]), number(block[at + 12 : at + 24])))
    return tuple(stretches)


def pax_sparse(records: dict[str, str]) -> Stretches | None:
    """The map of a sparse file of pax format 0.0 or 0.1, or None when the file is not one."""
    listed = records.get(_SPARSE_MAP)
    if listed is None:
        return None
    numbers = [decimal(part) for part in listed.split(",")] if listed else []
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))
