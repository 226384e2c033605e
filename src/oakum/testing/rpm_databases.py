"""Writes the databases of rpm that no installed tool writes any more: a header, NDB and Berkeley DB hash.

Only as much of each format as a reader meets: see ``oakum.facts.rpm_header``, ``rpm_ndb`` and ``rpm_bdb`` for
where the formats are described.
"""

from collections.abc import Mapping, Sequence
from struct import pack
from zlib import adler32

_TAGS = {
    "name": 1000, "version": 1001, "release": 1002, "epoch": 1003, "distribution": 1010, "vendor": 1011,
    "license": 1014, "arch": 1022, "sourcerpm": 1044, "providename": 1047,
    "requirename": 1049, "oldfilenames": 1027, "dirindexes": 1116,
    "basenames": 1117, "dirnames": 1118, "modularitylabel": 5096,
}  # fmt: skip
_INT32, _STRING, _STRINGS = 4, 6, 8

Value = str | int | Sequence[str] | Sequence[int]


def rpm_header(**values: Value) -> bytes:
    """A header as a database holds it: no magic, tags by their names in lower case."""
    entries, data = [], b""
    for name, value in sorted(values.items(), key=lambda pair: _TAGS[pair[0]]):
        kind, count, raw = _packed(value)
        if kind == _INT32:
            data += bytes(-len(data) % 4)
        entries.append(pack(">4I", _TAGS[name], kind, len(data), count))
        data += raw
    return pack(">2I", len(entries), len(data)) + b"".join(entries) + data


def rpm_package(name: str, version: str, release: str, **more: Value) -> bytes:
    """The header of a package with what every one has."""
    said: Mapping[str, Value] = {"arch": "x86_64", "license": "MIT", "providename": [name], **more}
    return rpm_header(name=name, version=version, release=release, **said)


def ndb(headers: Sequence[bytes]) -> bytes:
    """A ``Packages.db`` of these headers: one page of slots (at most 254), then the blobs."""
    page = 4096
    slots, blobs, at = [], b"", page
    for number, header in enumerate(headers, 1):
        head = pack("<4s3I", b"BlbS", number, 1, len(header))
        body = head + header + bytes(-(len(head) + len(header) + 12) % 16)
        blob = body + pack("<2I4s", adler32(body), len(header), b"BlbE")
        slots.append(pack("<4s3I", b"Slot", number, at // 16, len(blob) // 16))
        blobs, at = blobs + blob, at + len(blob)
    free = (page - 32) // 16 - len(slots)
    table = b"".join(slots) + pack("<4s3I", b"Slot", 0, 0, 0) * free
    return pack("<4s3I", b"RpmP", 0, 1, 1) + pack("<4I", len(headers) + 1, 0, 0, 0) + table + blobs


def bdb(headers: Sequence[bytes], *, order: str = "<", page: int = 4096) -> bytes:
    """A ``Packages`` of these headers: each pair on a hash page of its own, each value in a chain of pages."""
    pages = [b""]
    counter = pack(order + "I", 0)
    pages.append(_hash_page(order, page, len(pages), counter, b"\1" + pack(order + "I", len(headers) + 1)))
    for number, header in enumerate(headers, 1):
        first = len(pages) + 1
        value = b"\3\0\0\0" + pack(order + "2I", first, len(header))
        pages.append(_hash_page(order, page, len(pages), pack(order + "I", number), value))
        pages += _overflow(order, page, first, header)
    pages[0] = _metadata(order, page, len(pages) - 1, len(headers) + 1)
    return b"".join(pages)


def _packed(value: Value) -> tuple[int, int, bytes]:
    if isinstance(value, int):
        return _INT32, 1, pack(">I", value)
    if isinstance(value, str):
        return _STRING, 1, value.encode() + b"\0"
    numbers = [one for one in value if isinstance(one, int)]
    if numbers:
        return _INT32, len(numbers), pack(f">{len(numbers)}I", *numbers)
    return _STRINGS, len(value), b"".join(str(one).encode() + b"\0" for one in value)


def _metadata(order: str, page: int, last: int, pairs: int) -> bytes:
    head = pack(order + "8x4I", 0, 0x061561, 9, page) + bytes([0, 8, 0, 0]) + pack(order + "2I", 0, last)
    numbers = pack(order + "6I", 0, pairs, pairs, 0, 0, 0)
    return (head + numbers).ljust(page, b"\0")


def _hash_page(order: str, page: int, number: int, key: bytes, value: bytes) -> bytes:
    key = b"\1" + key
    starts = [page - len(key), page - len(key) - len(value)]
    head = pack(order + "8x3I2H", number, 0, 0, 2, starts[1]) + bytes([0, 13]) + pack(order + "2H", *starts)
    return head.ljust(starts[1], b"\0") + value + key


def _overflow(order: str, page: int, first: int, data: bytes) -> list[bytes]:
    room = page - 26
    parts = [data[at : at + room] for at in range(0, len(data), room)]
    chain = []
    for number, part in enumerate(parts, first):
        following = number + 1 if number < first + len(parts) - 1 else 0
        head = pack(order + "8x3I2H", number, number - 1 if number > first else 0, following, 1, len(part))
        chain.append((head + bytes([0, 7]) + part).ljust(page, b"\0"))
    return chain
