"""CISA's catalog of known exploited vulnerabilities."""

import hashlib
import os
import re
from collections.abc import Iterator

import msgspec

from oakum.intel.feed import ExploitedCve, Known, Seen, Unchanged, feed
from oakum.kit import limits
from oakum.kit.errors import DamagedError
from oakum.model.advisory import Exploited, SourceRevision

CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Entry(msgspec.Struct):
    cveID: str  # noqa: N815 - the catalog's own word
    dateAdded: str  # noqa: N815 - the catalog's own word


class _Catalog(msgspec.Struct):
    vulnerabilities: list[msgspec.Raw]


@feed(files=("kev.json",), version=1)
def kev(base: str, known: Known) -> Iterator[Seen]:
    """CISA's catalog of known exploited vulnerabilities.

    ``kev.json`` is the catalog as CISA publishes it; of each entry only the CVE and the
    date on which it was added are kept.
    """
    path = os.path.join(base, "kev.json")
    if not os.path.isfile(path):
        return
    document = _read(path)
    exact = hashlib.sha256(document).hexdigest()
    if known.get("kev") == exact:
        yield Unchanged("kev")
        return
    try:
        entries = msgspec.json.decode(document, type=_Catalog).vulnerabilities
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(f"{path} is no catalog of known exploited vulnerabilities: {error}") from error
    taken, newest = 0, ""
    for raw in entries[: limits.FEED_RECORDS]:
        entry = _entry(raw)
        if entry is not None:
            taken, newest = taken + 1, max(newest, entry.exploited.kev)
            yield entry
    yield SourceRevision("kev", exact, taken, newest, len(entries) - taken)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        document = file.read(limits.FEED_FILE_BYTES + 1)
    if len(document) > limits.FEED_FILE_BYTES:
        raise DamagedError(f"{path} is larger than the catalog may be")
    return document


def _entry(raw: msgspec.Raw) -> ExploitedCve | None:
    try:
        entry = msgspec.json.decode(raw, type=_Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if not CVE.fullmatch(entry.cveID) or not _DATE.fullmatch(entry.dateAdded):
        return None
    return ExploitedCve(entry.cveID, Exploited(kev=entry.dateAdded), "kev")
