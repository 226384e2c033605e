"""The CVE list's own records."""

from collections.abc import Iterator

from oakum.intel.cve_files import documents, place_of, revision
from oakum.intel.cve_record import cve_record
from oakum.intel.feed import ExploitedCve, Known, ListedCve, Seen, Unchanged, feed
from oakum.intel.osv_record import Unusable
from oakum.model.advisory import Exploited, SourceRevision
from oakum.model.cve import CveRecord

_NAME = "cve_records"


@feed(files=("cves.zip",), version=1)
def cve_records(base: str, known: Known) -> Iterator[Seen]:
    """The CVE list's own records.

    ``cves.zip`` or ``cve_records.zip``: the list's repository as an archive, or the archive in
    an archive that its daily release is; or the repository's folder ``cves``. Taken are the
    ratings of the numbering authority and of CISA, CISA's answers for SSVC and its catalog of
    exploited ones, the kinds of weakness, the title, the dates, and that an id was rejected.
    """
    place = place_of(base)
    if not place:
        return
    exact = revision(place)
    if known.get(_NAME) == exact:
        yield Unchanged(_NAME)
        return
    seen: set[str] = set()
    skipped = 0
    newest = ""
    for document in documents(place):
        one = _usable(document)
        if one is None or one[0].cve in seen:
            skipped += 1
            continue
        record, kev = one
        seen.add(record.cve)
        newest = max(newest, record.modified)
        yield ListedCve(record, _NAME)
        if kev:
            yield ExploitedCve(record.cve, Exploited(kev), _NAME)
    yield SourceRevision(_NAME, exact, len(seen), newest, skipped)


def _usable(document: bytes | None) -> tuple[CveRecord, str] | None:
    try:
        return None if document is None else cve_record(document)
    except Unusable:
        return None
