"""Cataloger of Gentoo's packages."""

import re
from collections.abc import Iterator

from oakum.facts.bounds import bounded, statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import File, Files
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Owns, Package

_REVISION = re.compile(r"r[0-9]+")


@cataloger(
    version=1,
    per="layer",
    names="var/db/pkg/*/*/PF",
    licenses="var/db/pkg/*/*/LICENSE",
    contents="var/db/pkg/*/*/CONTENTS",
)
def portage(files: Files) -> Iterator[Fact]:
    """Packages in the database of Portage (Gentoo).

    Each package has a folder ``category/name-version``; a version begins with a digit and may end in a revision
    (Package Manager Specification, 3.1 and 3.2). ``CONTENTS`` says what it owns. What it needs is written for
    all ways of building it, so it is not taken as what this build needs.
    """
    licenses = {_folder(file): statement(file.text()) for file in files.licenses}
    names = {}
    for file in files.names:
        fact = _package(file, licenses.get(_folder(file), ()))
        yield fact
        if isinstance(fact, Package):
            names[_folder(file)] = fact.name
    for file in files.contents:
        owned = [path for line in file.text().split("\n") if (path := _owned(line))]
        if owned and _folder(file) in names:
            yield Owns("ebuild", names[_folder(file)], file.path, "\n".join(owned))


def _folder(file: File) -> str:
    return file.path.rpartition("/")[0]


def _package(file: File, licenses: tuple[str, ...]) -> Package | Gap:
    category, full = file.path.split("/")[-3:-1]
    name, _, version = full.rpartition("-")
    if _REVISION.fullmatch(version):
        name, _, number = name.rpartition("-")
        version = f"{number}-{version}"
    if not name or not version[:1].isdecimal():
        return Gap(gaps.UNREADABLE_FILE, "the folder of an installed package bears no name and version", file.path)
    return bounded(Package("ebuild", f"{category}/{name}", version, file.path, licenses=licenses))


def _owned(line: str) -> str:
    """The path of a line: ``obj PATH MD5 TIME`` or ``sym PATH -> TARGET TIME``; folders are shared and left out."""
    kind, _, rest = line.partition(" ")
    if kind == "obj":
        return rest.rsplit(" ", 2)[0].removeprefix("/")
    return rest.partition(" -> ")[0].removeprefix("/") if kind == "sym" else ""
