"""Writes small ELF programs with sections of one's own."""

import struct
from collections.abc import Mapping


def program(sections: Mapping[str, bytes], *, wide: bool = True, loaded: bytes = b"\0" * 256) -> bytes:
    """An ELF file: one loaded part, then the sections, their names, and the table of sections.

    Args:
        sections: what no program loads, by name.
        wide: 64 bits in little endian; else 32 bits in big endian.
        loaded: the content of the loaded part.
    """
    order, head, entry = ("<", 64, 56) if wide else (">", 52, 32)
    names, body, headers = b"\0", b"", [(0, 0, 0, 0)]
    begin = head + entry + len(loaded)
    for name, content in (*sections.items(), (".shstrtab", b"")):
        text = content or names + name.encode() + b"\0"
        headers.append((len(names), 1 if content else 3, begin + len(body), len(text)))
        names += name.encode() + b"\0"
        body += text
    table = b"".join(_section(order, one, wide=wide) for one in headers)
    identity = b"\x7fELF" + (b"\x02\x01" if wide else b"\x01\x02") + b"\x01"
    where = struct.pack(order + ("QQ" if wide else "II"), head, begin + len(body))
    counts = struct.pack(order + "IHHHHHH", 0, head, entry, 1, 64 if wide else 40, len(headers), len(headers) - 1)
    start = identity.ljust(16, b"\0") + bytes(16 if wide else 12) + where + counts
    return start.ljust(head, b"\0") + _load(order, head + entry + len(loaded), wide=wide) + loaded + body + table


def exporting(symbols: Mapping[str, bytes], *, wide: bool = True, sections: Mapping[str, bytes] | None = None) -> bytes:
    """An ELF file that exports symbols, each standing for its bytes.

    Args:
        symbols: what they stand for, by name.
        wide: 64 bits in little endian; else 32 bits in big endian.
        sections: further sections.
    """
    order, begin = ("<", 64 + 56) if wide else (">", 52 + 32)
    texts, table, loaded = b"\0", bytes(24 if wide else 16), b""
    for name, held in symbols.items():
        place = begin + len(loaded)
        if wide:
            table += struct.pack("<IBBHQQ", len(texts), 0x11, 0, 1, place, len(held))
        else:
            table += struct.pack(">IIIBBH", len(texts), place, len(held), 0x11, 0, 1)
        texts += name.encode() + b"\0"
        loaded += held
    made = program({".dynsym": table, ".dynstr": texts, **(sections or {})}, wide=wide, loaded=loaded)
    (table_at,) = struct.unpack_from(order + ("Q" if wide else "I"), made, 40 if wide else 32)
    first = table_at + (64 if wide else 40)
    kind = struct.pack(order + "I", 11)
    link = first + (40 if wide else 24)
    made = made[: first + 4] + kind + made[first + 8 :]
    return made[:link] + struct.pack(order + "I", 2) + made[link + 4 :]


def with_notes(notes: Mapping[int, bytes], *, wide: bool = True, size: int = 10_000) -> bytes:
    """An ELF file without sections that holds notes at these places, each with a program header of its own.

    Args:
        notes: what stands there, by its offset.
        wide: 64 bits in little endian; else 32 bits in big endian.
        size: of the file.
    """
    order, head, entry = ("<", 64, 56) if wide else (">", 52, 32)
    identity = b"\x7fELF" + (b"\x02\x01" if wide else b"\x01\x02") + b"\x01"
    start = identity.ljust(32 if wide else 28, b"\0") + struct.pack(order + ("Q" if wide else "I"), head)
    start += bytes(14 if wide else 10) + struct.pack(order + "HH", entry, len(notes))
    start = start.ljust(head, b"\0")
    for begin, held in notes.items():
        if wide:
            start += struct.pack("<IIQQQQQQ", 4, 4, begin, 0, 0, len(held), len(held), 4)
        else:
            start += struct.pack(">8I", 4, begin, 0, 0, len(held), len(held), 4, 4)
    made = bytearray(start.ljust(size, b"-"))
    for begin, held in notes.items():
        made[begin : begin + len(held)] = held
    return bytes(made)


def _load(order: str, size: int, *, wide: bool) -> bytes:
    """A program header: the file from its beginning on is loaded to be read."""
    if wide:
        return struct.pack(order + "IIQQQQQQ", 1, 4, 0, 0, 0, size, size, 4096)
    return struct.pack(order + "8I", 1, 0, 0, 0, size, size, 4, 4096)


def _section(order: str, header: tuple[int, int, int, int], *, wide: bool) -> bytes:
    """A section header of name, type, offset and size."""
    name, kind, begin, size = header
    if wide:
        return struct.pack(order + "IIQQQQIIQQ", name, kind, 0, 0, begin, size, 0, 0, 1, 0)
    return struct.pack(order + "10I", name, kind, 0, 0, begin, size, 0, 0, 1, 0)
