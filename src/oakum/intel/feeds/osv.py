"""Advisories in the layout of OSV's bucket."""

import hashlib
import os
from collections.abc import Iterator

from oakum.intel.feed import Seen, feed
from oakum.intel.osv_record import Unusable, advisories
from oakum.intel.record_files import has_records, records
from oakum.model.advisory import Advisory, SourceRevision


@feed(files=("ecosystems.txt", "*/all.zip"), version=1)
def osv(base: str) -> Iterator[Seen]:
    """Advisories in the layout of OSV's bucket.

    Each ecosystem is a folder below the base with ``all.zip``, or with the JSON files
    themselves. A record that names packages of several ecosystems lies in the archive of
    each, so what was already seen of an id and a package is not given again.
    """
    seen: set[tuple[str, str, str]] = set()
    for ecosystem in sorted(os.listdir(base)):
        folder = os.path.join(base, ecosystem)
        if has_records(folder):
            yield from _source(folder, f"osv:{ecosystem}", seen)


def _source(folder: str, name: str, seen: set[tuple[str, str, str]]) -> Iterator[Seen]:
    digest = hashlib.sha256()
    taken = skipped = 0
    newest = ""
    for document in records(folder, digest.update):
        try:
            if document is None:
                raise Unusable("it cannot be read")  # noqa: TRY301 - one way of counting for all reasons
            fresh = [one for one in advisories(document, name) if _key(one) not in seen]
        except Unusable:
            skipped += 1
            continue
        seen.update(map(_key, fresh))
        taken += bool(fresh)
        newest = max(newest, *(one.modified for one in fresh), "")
        yield from fresh
    yield SourceRevision(name, digest.hexdigest(), taken, newest, skipped)


def _key(advisory: Advisory) -> tuple[str, str, str]:
    return advisory.id, advisory.ecosystem, advisory.package
