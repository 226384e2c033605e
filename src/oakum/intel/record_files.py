"""Records of a source as files: an archive or a folder, read in the order of their names."""

import contextlib
import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Final

from oakum.kit import limits
from oakum.kit.errors import DamagedError, LimitError

ARCHIVE: Final = "all.zip"
SUFFIX: Final = ".json"

_TAIL_BYTES: Final = 66_000
"""The end of an archive: its last records, and a comment of up to 65,535 bytes."""

_ALL_ONES: Final = 0xFFFFFFFF

_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def has_records(folder: str) -> bool:
    """Whether a folder holds records in one of the two forms."""
    return os.path.isfile(os.path.join(folder, ARCHIVE)) or bool(_documents(folder))


def revision(folder: str) -> str:
    """What identifies the bytes of a folder's records: SHA-256 of its archive, or of its files' names and contents.

    Raises:
        LimitError: there is more than a source may hold.
    """
    archive = os.path.join(folder, ARCHIVE)
    if os.path.isfile(archive):
        return file_revision(archive)
    digest = hashlib.sha256()
    for _ in _loose(folder, digest.update):
        continue
    return digest.hexdigest()


def file_revision(path: str) -> str:
    """SHA-256 of a file.

    Raises:
        LimitError: it is larger than an archive of records may be.
    """
    if os.path.getsize(path) > limits.FEED_ARCHIVE_BYTES:
        raise LimitError(f"{path} is larger than an archive of advisories may be")
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def records(folder: str) -> Iterator[bytes | None]:
    """The records in a folder: those in its archive, or else its own files.

    Yields:
        One document each, or None for one that cannot be read or is too large.

    Raises:
        DamagedError: the archive as a whole cannot be read.
        LimitError: there is more than a source may hold.
    """
    archive = os.path.join(folder, ARCHIVE)
    if not os.path.isfile(archive):
        return _loose(folder, lambda _: None)
    return packed(archive, archive, lambda name: name.endswith(SUFFIX))


def packed(name: str, content: str | IO[bytes], wanted: Callable[[str], bool]) -> Iterator[bytes | None]:
    """The wanted members of a zip archive in the order of their names.

    Args:
        name: of the archive, for messages.
        content: its path, or a file that can be sought.
        wanted: says of a member's name whether it is a record.

    Raises:
        DamagedError: the archive as a whole cannot be read.
        LimitError: there is more than a source may hold.
    """
    with open(content, "rb") if isinstance(content, str) else contextlib.nullcontext(content) as file:
        if file.seek(0, os.SEEK_END) > limits.FEED_ARCHIVE_BYTES:
            raise LimitError(f"{name} is larger than an archive of advisories may be")
        if _directory_size(file) > limits.FEED_DIRECTORY_BYTES:
            raise LimitError(f"{name} holds more records than one source may")
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise DamagedError(f"{name} is no zip archive that can be read: {error}") from error
        members = [one for one in archive.infolist() if wanted(one.filename)]
        _count(name, len(members))
        for member in sorted(members, key=lambda one: one.filename):
            yield _member(archive, member)


def _directory_size(file: IO[bytes]) -> int:
    """The largest size that an archive may claim for its directory, known before it is read.

    The short form of the claim is all ones where the long one is used (APPNOTE 4.3.14 and 4.3.16).
    """
    file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
    tail = file.read(_TAIL_BYTES)
    short = [int.from_bytes(tail[at + 12 : at + 16], "little") for at in _places(tail, b"PK\5\6")]
    long = [int.from_bytes(tail[at + 40 : at + 48], "little") for at in _places(tail, b"PK\6\6")]
    return max([size for size in short if size != _ALL_ONES] + long, default=0)


def _places(tail: bytes, mark: bytes) -> Iterator[int]:
    at = tail.find(mark)
    while at >= 0:
        yield at
        at = tail.find(mark, at + 1)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    if member.file_size > limits.RECORD_BYTES:
        return None
    try:
        with archive.open(member) as file:
            return _bounded(file.read(limits.RECORD_BYTES + 1))
    except _DAMAGE:
        return None


def _loose(folder: str, update: Callable[[bytes], object]) -> Iterator[bytes | None]:
    names = _documents(folder)
    _count(folder, len(names))
    for name in names:
        document = one_document(os.path.join(folder, name))
        content = hashlib.sha256(document or b"").hexdigest()
        update(f"{name}\0{content}\n".encode("utf-8", "surrogateescape"))
        yield document


def _documents(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
    except (NotADirectoryError, FileNotFoundError):
        return []


def _bounded(document: bytes) -> bytes | None:
    return document if len(document) <= limits.RECORD_BYTES else None


def one_document(path: str) -> bytes | None:
    """A record that is a file, or None for one that cannot be read or is too large."""
    try:
        with open(path, "rb") as file:
            return _bounded(file.read(limits.RECORD_BYTES + 1))
    except OSError:
        return None


def _count(where: str, number: int) -> None:
    if number > limits.FEED_RECORDS:
        raise LimitError(f"{where} holds {number} records, more than one source may")
