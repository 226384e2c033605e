"""Advisories in the layout of OSV's bucket."""

import os
from collections.abc import Iterator, Sequence

from oakum.intel.cve_files import FOLDER as CVE_FOLDER
from oakum.intel.feed import Known, Seen, Unchanged, feed
from oakum.intel.osv_record import Unusable, advisories
from oakum.intel.record_files import has_records, records, revision
from oakum.model.advisory import Advisory, SourceRevision


@feed(files=("ecosystems.txt", "*/all.zip"), version=2)
def osv(base: str, known: Known) -> Iterator[Seen]:
    """Advisories in the layout of OSV's bucket.

    Each ecosystem is a folder below the base with ``all.zip``, or with the JSON files
    themselves. A record that names packages of several ecosystems lies in the archive of
    each: an archive gives those of its own ecosystem, so that each can be renewed alone and
    an ecosystem that was not taken does not look as if it had been. A record that names no
    package of its archive's ecosystem is given whole.
    """
    for ecosystem in sorted(os.listdir(base)):
        folder = os.path.join(base, ecosystem)
        if ecosystem == CVE_FOLDER or not has_records(folder):
            continue
        exact = revision(folder)
        if known.get(f"osv:{ecosystem}") == exact:
            yield Unchanged(f"osv:{ecosystem}")
        else:
            yield from _source(folder, ecosystem, exact)


def _source(folder: str, ecosystem: str, exact: str) -> Iterator[Seen]:
    name = f"osv:{ecosystem}"
    seen: set[tuple[str, str, str]] = set()
    taken = skipped = 0
    newest = ""
    for document in records(folder):
        try:
            if document is None:
                raise Unusable("it cannot be read")  # noqa: TRY301 - one way of counting for all reasons
            fresh = [one for one in _own(list(advisories(document, name)), ecosystem) if _key(one) not in seen]
        except Unusable:
            skipped += 1
            continue
        seen.update(map(_key, fresh))
        taken += bool(fresh)
        newest = max(newest, *(one.modified for one in fresh), "")
        yield from fresh
    yield SourceRevision(name, exact, taken, newest, skipped)


def _own(found: Sequence[Advisory], ecosystem: str) -> Sequence[Advisory]:
    """Those about the archive's ecosystem; all where the archive's name is none of theirs."""
    return [one for one in found if one.ecosystem.split(":", 1)[0] == ecosystem] or found


def _key(advisory: Advisory) -> tuple[str, str, str]:
    return advisory.id, advisory.ecosystem, advisory.package
