"""Cataloger of Alpine's packages."""

from collections.abc import Iterator

from oakum.facts.bounds import bounded, statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Owns, Package, SourcePackage


@cataloger(version=1, database="lib/apk/db/installed", merged="usr/lib/apk/db/installed")
def apk(files: Files) -> Iterator[Fact]:
    """Packages in the database of apk.

    A stanza has one letter per field: ``P`` name, ``V`` version, ``A`` architecture,
    ``o`` origin, ``L`` licence; ``F`` is a folder and each ``R`` below it a file there.
    An origin is built as one, so its version is the package's (apk-package(5)).
    """
    for file in files.every():
        for stanza in file.text().split("\n\n"):
            if stanza and not stanza.isspace():
                yield from _package(stanza, file.path)


def _package(stanza: str, path: str) -> Iterator[Fact]:
    fields, owned = _fields(stanza)
    name, version = fields.get("P", ""), fields.get("V", "")
    if not name or not version:
        yield Gap(gaps.UNREADABLE_FILE, "an installed package has no name or no version", path)
        return
    source = SourcePackage(fields.get("o") or name, version)
    licenses = statement(fields.get("L", ""))
    fact = bounded(Package("apk", name, version, path, arch=fields.get("A", ""), source=source, licenses=licenses))
    yield fact
    if owned and isinstance(fact, Package):
        yield Owns("apk", name, path, "\n".join(owned))


def _fields(stanza: str) -> tuple[dict[str, str], list[str]]:
    fields: dict[str, str] = {}
    owned = []
    folder = ""
    for line in stanza.split("\n"):
        letter, value = line[:2], line[2:]
        if letter == "R:":
            owned.append(folder + value)
        elif letter == "F:":
            folder = f"{value}/" if value else ""
        elif letter[1:] == ":":
            fields.setdefault(letter[0], value.strip())
    return fields, owned
