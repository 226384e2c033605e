"""Cataloger of Debian's packages."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from oakum.facts.capabilities import Capabilities
from oakum.facts.cataloger import cataloger
from oakum.facts.dpkg_stanza import dpkg_package
from oakum.facts.files import File, Files
from oakum.facts.stanzas import field, relations, stanzas
from oakum.kit.limits import FACTS_PER_FILE
from oakum.model.fact import Fact, Gap, Owns, Package

_MOST = FACTS_PER_FILE + 1  # one more than is kept, so that the engine says that there were more
_ABSENT = frozenset({"not-installed", "config-files"})
_SUMS = ".md5sums"

_NEVER_A_PACKAGE = re.compile(
    rb"\n/?usr/share/(?:man(?:/[^\n]*)?|locale(?:/[^\n]*)?|doc/[^/\n]*(?:/(?:copyright|changelog[^/\n]*))?)(?=\n)"
)
"""Manuals, translations, copyright and changelog files: half of all paths, and no cataloger can want one.
The rest of ``usr/share/doc`` stays, since examples there may bear a package.json."""

_SUM = re.compile(rb"\n[0-9a-f]{32}  (?:\./|/)?")


@cataloger(
    version=2,
    per="layer",
    status="var/lib/dpkg/status",
    parts="var/lib/dpkg/status.d/*",
    lists="var/lib/dpkg/info/*.list",
)
def dpkg(files: Files) -> Iterator[Fact]:
    """Packages in the dpkg status database.

    The database keeps removed packages for their configuration files, so those whose
    state is ``config-files`` are left out; one that is unpacked and not yet configured
    has its files in place and counts. Distroless images write no state at all; there,
    being listed means being installed. ``*.list`` and ``*.md5sums`` say which files a
    package owns, ``Depends`` and ``Pre-Depends`` which other ones it needs (deb822(5), dpkg(1) "Package states").
    """
    names: dict[str, str] = {}
    parts = [file for file in files.parts if not file.path.endswith(_SUMS)]
    for fact in _with_depends(list(islice(_read([*files.status, *parts]), _MOST))):
        yield fact
        if isinstance(fact, Package):
            names[fact.path] = fact.name
    for file in files.parts:
        if file.path.endswith(_SUMS):
            stem = file.path[: -len(_SUMS)]
            yield from _owns(names.get(stem) or stem.rpartition("/")[2], file, _SUM.sub(b"\n", b"\n" + file.data))
    for file in files.lists:
        yield from _owns(_owner(file.path), file, file.data)


def _read(files: Sequence[File]) -> Iterator[tuple[Package | Gap, str]]:
    """What each stanza says, with the stanza."""
    for file in files:
        for stanza in stanzas(file.text()):
            fact = _package(stanza, file.path)
            if fact is not None:
                yield fact, stanza


def _with_depends(read: Sequence[tuple[Package | Gap, str]]) -> Iterator[Package | Gap]:
    """Needs lead to those of their alternatives that are installed."""
    known = Capabilities()
    for fact, stanza in read:
        if isinstance(fact, Package):
            known.add(fact.name, fact.version, relations(field(stanza, "Provides")))
    for fact, stanza in read:
        if isinstance(fact, Package):
            needs = [*relations(field(stanza, "Pre-Depends")), *relations(field(stanza, "Depends"))]
            yield replace(fact, depends=known.depends(fact.name, fact.version, needs))
        else:
            yield fact


def _package(stanza: str, path: str) -> Package | Gap | None:
    status = field(stanza, "Status").split()
    if status and status[-1] in _ABSENT:
        return None
    return dpkg_package(stanza, path, "an installed package")


def _owner(path: str) -> str:
    return path.rpartition("/")[2][: -len(".list")].partition(":")[0]


def _owns(name: str, file: File, lines: bytes) -> Iterator[Owns]:
    kept = _NEVER_A_PACKAGE.sub(b"", b"\n%b\n" % lines)
    paths = kept.replace(b"\n/", b"\n").removeprefix(b"\n.\n").strip(b"\n")
    if paths:
        yield Owns("deb", name, file.path, paths.decode("utf-8", "replace"))
