"""FIRST's exploit prediction scores."""

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from oakum.intel.feed import ExploitedCve, Known, Seen, Unchanged, feed
from oakum.intel.record_files import file_revision
from oakum.kit import limits
from oakum.kit.errors import DamagedError, LimitError
from oakum.model.advisory import Exploited, SourceRevision

_NUMBER = rb"([0-9](?:\.[0-9]{1,12})?(?:e-[0-9]{1,2})?)"
_ROW = re.compile(rb"(CVE-[0-9]{4}-[0-9]{4,19})," + _NUMBER + b"," + _NUMBER + rb"\s*")
_SCORE_DATE = re.compile(rb"#.*score_date:([0-9]{4}-[0-9]{2}-[0-9]{2})")
_LINE_BYTES = 1_000


@feed(files=("epss.csv.gz",), version=2)
def epss(base: str, known: Known) -> Iterator[Seen]:
    """FIRST's exploit prediction scores.

    ``epss.csv.gz`` or ``epss.csv``. The first line names the model and the date of the
    scores; being part of the bytes, it is part of the revision, which is that of the file as it lies there.
    """
    for name, opener in (("epss.csv.gz", gzip.open), ("epss.csv", open)):
        path = os.path.join(base, name)
        if os.path.isfile(path):
            exact = file_revision(path)
            if known.get("epss") == exact:
                yield Unchanged("epss")
                return
            with opener(path, "rb") as file:
                yield from _scores(path, cast("BinaryIO", file), exact)
            return


def _scores(path: str, file: BinaryIO, exact: str) -> Iterator[Seen]:
    taken = skipped = 0
    newest = ""
    for line in _lines(path, file):
        row = _ROW.fullmatch(line)
        if row and float(row[2]) <= 1 and float(row[3]) <= 1:
            taken += 1
            known = Exploited(epss=float(row[2]), percentile=float(row[3]))
            yield ExploitedCve(row[1].decode(), known, "epss")
        elif date := _SCORE_DATE.match(line):
            newest = date[1].decode()
        elif not line.startswith((b"#", b"cve,")):
            skipped += 1
    yield SourceRevision("epss", exact, taken, newest, skipped)


def _lines(path: str, file: BinaryIO) -> Iterator[bytes]:
    size = 0
    try:
        while line := file.readline(_LINE_BYTES):
            size += len(line)
            if size > limits.FEED_FILE_BYTES:
                raise LimitError(f"{path} unpacks to more than the scores may hold")
            yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedError(f"{path} cannot be unpacked: {error}") from error
