"""Advisories and exploitation: records of OSV and of the CVE list, CISA's catalog, FIRST's scores, archives."""

import gzip
import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator

from bench.fuzz.target import CORPUS, Case, Target, single, tree

from oakum.intel.cve_record import cve_record
from oakum.intel.feed import FEEDS
from oakum.intel.osv_record import Unusable, advisories
from oakum.kit.errors import OakumError

_FEEDS = {
    "osv": ("PyPI/all.zip",),
    "cve_records": ("cves.zip",),
    "kev": ("kev.json",),
    "epss": ("epss.csv.gz", "epss.csv"),
}
_WORDS = (
    b'"introduced":"0"',
    b'"last_affected":',
    b'"limit":',
    b'"type":"GIT"',
    b'"withdrawn":',
    b"CVSS:4.0/",
    b"module(",
    b'"severity":[{"type":"CVSS_V3","score":"',
    b'"state":"REJECTED"',
    b'"ecosystem":"Red Hat:',
)


def targets() -> Iterator[Target]:
    """Those of this module."""
    yield single("intel-osv_record", _records("osv"), _osv, (Unusable,), words=_WORDS)
    yield single("intel-cve_record", _records("cve_records"), cve_record, (Unusable,), words=_WORDS)
    for name in _FEEDS:
        yield Target(f"feed-{name}", _bases(name), _read(name), (OakumError,), _WORDS)


def _osv(data: bytes) -> object:
    found = list(advisories(data, "osv:x"))
    if any(not one.summary.isprintable() or not one.id.isprintable() for one in found):
        raise AssertionError("a text for people holds what does not show")
    return found


def _records(feed: str) -> Callable[[], list[bytes]]:
    found = tree(os.path.join(CORPUS, "feeds", feed))
    return lambda: [data for path, data in sorted(found.items()) if path.endswith(".json")]


def _bases(name: str) -> Callable[[], list[Case]]:
    def made() -> list[Case]:
        found = tree(os.path.join(CORPUS, "feeds", name))
        if name in {"kev", "epss"}:
            more = {"epss.csv": gzip.decompress(found["epss.csv.gz"])} if name == "epss" else {}
            return [found, *([more] if more else [])]
        documents = {path: data for path, data in found.items() if path.endswith(".json")}
        return [{_FEEDS[name][0]: _zip(documents)}, found]

    return made


def _zip(files: Case) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(os.path.basename(name)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _read(name: str) -> Callable[[Case], object]:
    def run(case: Case) -> object:
        with tempfile.TemporaryDirectory() as folder:
            for path, data in case.items():
                place = os.path.join(folder, path)
                os.makedirs(os.path.dirname(place), exist_ok=True)
                with open(place, "wb") as file:
                    file.write(data)
            try:
                return list(FEEDS.load(name).read(folder, {}))
            except OakumError as error:
                return str(error).replace(folder, "")

    return run
