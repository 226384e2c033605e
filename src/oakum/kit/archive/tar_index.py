"""Where the members of a seekable tar lie, without reading their content."""

import os
from collections.abc import Collection

from msgspec import Struct

from oakum.kit.archive import tar_header as header
from oakum.kit.archive.tar_header import BLOCK, ZEROS
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import ARCHIVE_ENTRIES, EXTENDED_HEADER_BYTES


class Member(Struct, frozen=True):
    """A member's content: where it begins and how long it is; for a link, where that points."""

    offset: int
    size: int
    link: str = ""


def members(descriptor: int, until: Collection[str] = ()) -> dict[str, Member]:
    """The regular files and links of a tar by path; a later one of the same name wins.

    Args:
        descriptor: an open file.
        until: nothing is read beyond a member below one of these folders: who asks has seen what it is.

    Raises:
        DamagedError: the file is no tar, or it ends early.
        LimitError: it has more than ``ARCHIVE_ENTRIES`` members.
    """
    end = os.fstat(descriptor).st_size
    found: dict[str, Member] = {}
    extended: dict[str, str] = {}
    at = count = 0
    while at < end:
        block = os.pread(descriptor, BLOCK, at)
        if block == ZEROS:
            break
        _check(block, found)
        size = _stored_size(block, extended)
        at += BLOCK
        if at + size > end:
            raise DamagedError("the archive ends early")
        if block[156] in header.EXTENDED:
            _extend(extended, block[156], descriptor, at, size)
        else:
            name = _take(found, block, extended, at, size)
            if name.split("/", 1)[0] in until:
                found.setdefault(name, Member(at, 0))
                end = at
            extended = {}
        at += size + (-size % BLOCK)
        count += 1
        if count > ARCHIVE_ENTRIES:
            raise LimitError(f"the archive has more than {ARCHIVE_ENTRIES} members")
    if not found:
        raise DamagedError("is no tar archive, or an empty one")
    return found


def _check(block: bytes, found: dict[str, Member]) -> None:
    if len(block) < BLOCK or block[257:262] != b"ustar":
        raise DamagedError("is no tar archive" if not found else "the archive is damaged or ends early")


def _stored_size(block: bytes, extended: dict[str, str]) -> int:
    if block[156] in header.WITHOUT_CONTENT:
        return 0
    if "size" in extended and block[156] not in header.EXTENDED:
        return header.decimal(extended["size"])
    return header.number(block[124:136])


def _extend(extended: dict[str, str], flag: int, descriptor: int, at: int, size: int) -> None:
    if size > EXTENDED_HEADER_BYTES:
        raise LimitError("an extended header is too long")
    data = os.pread(descriptor, size, at)
    if flag == ord("x"):
        extended.update(header.pax_records(data))
    elif flag != ord("g"):
        extended["path" if flag == ord("L") else "linkpath"] = header.text(data)


def _take(found: dict[str, Member], block: bytes, extended: dict[str, str], at: int, size: int) -> str:
    """Note a member, and give its path."""
    flag = block[156]
    prefix = header.text(block[345:500]) if block[257:263] == b"ustar\0" else ""
    name = header.clean(extended.get("path") or (prefix + "/" if prefix else "") + header.text(block[:100]))
    if flag in header.REGULAR:
        found[name] = Member(at, size)
    elif flag in {header.SYMBOLIC_LINK, header.HARD_LINK}:
        link = extended.get("linkpath") or header.text(block[157:257])
        from_root = (
            "/" if flag == header.HARD_LINK else ""
        )  # what a hard link names stands in the archive, not beside it
        found[name] = Member(at, 0, from_root + link)
    return name
