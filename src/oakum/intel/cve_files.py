"""The CVE list as files: a folder, an archive of it, or the archive in an archive that each day's release is."""

import contextlib
import hashlib
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from oakum.intel.record_files import file_revision, one_document, packed
from oakum.kit import limits
from oakum.kit.errors import DamagedError, LimitError

FOLDER: Final = "cves"
"""Where the list's repository has its records: ``cves/2024/3xxx/CVE-2024-3094.json``."""

ARCHIVES: Final = ("cves.zip", "cve_records.zip")

_RECORD: Final = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}\.json")
_PACKED: Final = re.compile(r"[^/\x00]*\.zip")
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def place_of(base: str) -> str:
    """Where the list lies below a base: an archive before a folder; empty where there is none."""
    for name in ARCHIVES:
        if os.path.isfile(os.path.join(base, name)):
            return os.path.join(base, name)
    folder = os.path.join(base, FOLDER)
    return folder if os.path.isdir(folder) and next(_paths(folder), "") else ""


def revision(place: str) -> str:
    """SHA-256 of the archive, or of the names and contents of the folder's records.

    Raises:
        LimitError: there is more than a source may hold.
    """
    if os.path.isfile(place):
        return file_revision(place)
    digest = hashlib.sha256()
    for path in _paths(place):
        content = hashlib.sha256(one_document(path) or b"").hexdigest()
        digest.update(f"{os.path.basename(path)}\0{content}\n".encode())
    return digest.hexdigest()


def documents(place: str) -> Iterator[bytes | None]:
    """The records, in the order of their paths; None for one that cannot be read or is too large.

    Raises:
        DamagedError: the archive as a whole cannot be read.
        LimitError: there is more than a source may hold.
    """
    if not os.path.isfile(place):
        yield from map(one_document, _paths(place))
        return
    with open(place, "rb") as file, contextlib.ExitStack() as inner:
        content: IO[bytes] = file
        nested = _nested(place, file)
        if nested is not None:
            content = inner.enter_context(nested)
        yield from packed(place, content, lambda name: _RECORD.fullmatch(name.rpartition("/")[2]) is not None)


def _paths(folder: str) -> Iterator[str]:
    count = 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(filter(_RECORD.fullmatch, names)):
            count += 1
            if count > limits.FEED_RECORDS:
                raise LimitError(f"{folder} holds more records than one source may")
            yield os.path.join(place, name)


def _nested(place: str, file: IO[bytes]) -> IO[bytes] | None:
    """The one archive that an archive holds, unpacked into an unnamed file; None where it holds records."""
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()[:2]
        if len(members) != 1 or not _PACKED.fullmatch(members[0].filename):
            return None
        with archive.open(members[0]) as source:
            return _copy(place, source)
    except _DAMAGE as error:
        raise DamagedError(f"{place} is no zip archive that can be read: {error}") from error


def _copy(place: str, source: IO[bytes]) -> IO[bytes]:
    target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    with contextlib.ExitStack() as unfinished:
        unfinished.enter_context(target)
        while block := source.read(limits.READ_CHUNK):
            if target.tell() + len(block) > limits.FEED_ARCHIVE_BYTES:
                raise LimitError(f"{place} unpacks to more than an archive of records may hold")
            target.write(block)
        unfinished.pop_all()
    return target
