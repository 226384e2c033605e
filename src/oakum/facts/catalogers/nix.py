"""Cataloger of what Nix has put into its store."""

import re
from collections.abc import Iterator

from oakum.facts.bounds import bounded
from oakum.facts.broken import Broken
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.files import File, Files
from oakum.facts.sqlite_table import Database, Value
from oakum.facts.sqlite_wal import committed_pages
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_PATH, _DERIVER, _COLUMNS = 1, 4, 5
_DERIVATION = ".drv"
_STORED = re.compile(r"/[^\0]*/[0-9a-z]{32}-(?P<name>[^/\0]+)", re.DOTALL)
_VERSION = re.compile(r"-(?=[^A-Za-z-])")


@cataloger(
    version=1,
    per="layer",
    database=Group(glob="nix/var/nix/db/db.sqlite", large=True),
    log=Group(glob="nix/var/nix/db/db.sqlite-wal", large=True),
)
def nix(files: Files) -> Iterator[Fact]:
    """Packages in the database of a Nix store.

    A store path is called after its derivation, and nothing in it states a name and a version apart from each
    other: they are split at the first dash that no letter follows, as Nix does itself (``parseDrvName``), and marked as
    guessed. A path with several outputs is one package. Paths without a version (sources, patches, scripts) and
    derivations, which say how to build and are not built, are left out.
    """
    log = next((committed_pages(file.data) for file in files.log), {})
    for file in files.database:
        yield from _packages(file, log)


def _packages(file: File, log: dict[int, bytes]) -> Iterator[Fact]:
    found: dict[tuple[str, str], None] = {}
    lost = 0
    for row in Database(file.data, log).rows("ValidPaths", _COLUMNS):
        if isinstance(row, Broken) or not (path := _text(row[_PATH])):
            lost += 1
            continue
        deriver = _text(row[_DERIVER])
        stored = _STORED.fullmatch(deriver.removesuffix(_DERIVATION) or path)
        if stored and not path.endswith(_DERIVATION):
            found[_split(stored["name"])] = None
    for name, version in sorted(found):
        if version:
            yield bounded(Package("nix", name, version, file.path, guessed="store path"))
    if lost:
        yield Gap(gaps.UNREADABLE_FILE, f"{lost} rows of the store's database cannot be read", file.path)


def _text(value: Value) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _split(name: str) -> tuple[str, str]:
    """Name and version; the version is empty where there is none."""
    cut = _VERSION.search(name)
    return (name[: cut.start()], name[cut.end() :]) if cut and cut.start() else (name, "")
