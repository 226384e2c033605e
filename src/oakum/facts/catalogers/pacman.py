"""Cataloger of Arch Linux's packages."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from oakum.facts.bounds import bounded, statement
from oakum.facts.capabilities import Capabilities
from oakum.facts.cataloger import cataloger
from oakum.facts.files import File, Files
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Owns, Package, SourcePackage

_CONSTRAINT = re.compile(r"[<>=:].*", re.DOTALL)

_Sections = dict[str, list[str]]


@cataloger(version=1, per="layer", desc="var/lib/pacman/local/*/desc", lists="var/lib/pacman/local/*/files")
def pacman(files: Files) -> Iterator[Fact]:
    """Packages in the local database of pacman (Arch Linux and its kin).

    Each package has a folder with ``desc``, sections whose names stand between percent signs, and ``files``, what it
    owns (alpm-db-descv1(5), alpm-db-files(5)). ``%BASE%`` is the source package, which has the same version.
    """
    names = {}
    known = Capabilities()
    for file in files.desc:
        fact, sections = _package(file)
        if isinstance(fact, Package):
            names[file.path.rpartition("/")[0]] = fact.name
            known.add(fact.name, fact.version, _bare(sections, "PROVIDES"))
    for file in files.desc:
        fact, sections = _package(file)
        if isinstance(fact, Package):
            fact = replace(fact, depends=known.depends(fact.name, fact.version, _bare(sections, "DEPENDS")))
        yield fact
    for file in files.lists:
        owned = [path for path in _sections(file).get("FILES", ()) if not path.endswith("/")]
        name = names.get(file.path.rpartition("/")[0])
        if owned and name is not None:
            yield Owns("alpm", name, file.path, "\n".join(owned))


def _package(file: File) -> tuple[Package | Gap, _Sections]:
    sections = _sections(file)
    name, version = _first(sections, "NAME"), _first(sections, "VERSION")
    if not name or not version:
        return Gap(gaps.UNREADABLE_FILE, "an installed package has no name or no version", file.path), sections
    source = SourcePackage(_first(sections, "BASE") or name, version)
    licenses = tuple(said for line in sections.get("LICENSE", ()) for said in statement(line))
    arch = _first(sections, "ARCH")
    return bounded(Package("alpm", name, version, file.path, arch=arch, source=source, licenses=licenses)), sections


def _bare(sections: _Sections, name: str) -> list[str]:
    """Capabilities without the versions that they are bound to: ``glibc>=2.35``, ``libz.so=1-64``."""
    return [_CONSTRAINT.sub("", line) for line in sections.get(name, ())]


def _sections(file: File) -> _Sections:
    sections: _Sections = {}
    lines: list[str] = []
    for line in file.text().split("\n"):
        if line.startswith("%") and line.endswith("%"):
            lines = sections.setdefault(line.strip("%"), [])
        elif line.strip():
            lines.append(line.strip())
    return sections


def _first(sections: _Sections, name: str) -> str:
    return next(iter(sections.get(name, ())), "")
