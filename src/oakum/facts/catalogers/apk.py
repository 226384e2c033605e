"""Cataloger of Alpine's packages."""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from oakum.facts.bounds import bounded, statement
from oakum.facts.capabilities import Capabilities
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.room import Room
from oakum.facts.stanzas import stanzas
from oakum.kit.errors import LimitError
from oakum.kit.limits import FACTS_PER_FILE, RELATION_CHARACTERS
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Owns, Package, SourcePackage

_MOST = FACTS_PER_FILE + 1  # one more than is kept, so that the engine says that there were more
_CONSTRAINT = re.compile(r"[<>=~].*", re.DOTALL)


@cataloger(version=2, database="lib/apk/db/installed", merged="usr/lib/apk/db/installed")
def apk(files: Files) -> Iterator[Fact]:
    """Packages in the database of apk.

    A stanza has one letter per field: ``P`` name, ``V`` version, ``A`` architecture,
    ``o`` origin, ``L`` licence, ``D`` needs, ``p`` provides; ``F`` is a folder and each ``R`` below it a file there.
    An origin is built as one, so its version is the package's (apk-package(5)).
    """
    for file in files.every():
        room = Room()
        read = [_package(stanza, file.path, room) for stanza in islice(stanzas(file.text()), _MOST)]
        known = Capabilities()
        for fact, fields, _ in read:
            if isinstance(fact, Package):
                known.add(fact.name, fact.version, _bare(fields.get("p", "")))
        for fact, fields, owned in read:
            if not isinstance(fact, Package):
                yield fact
                continue
            yield replace(fact, depends=known.depends(fact.name, fact.version, _bare(fields.get("D", ""))))
            if owned:
                yield Owns("apk", fact.name, file.path, owned)


def _package(stanza: str, path: str, room: Room) -> tuple[Package | Gap, dict[str, str], str]:
    try:
        fields, owned = _fields(stanza, room)
    except LimitError as error:
        return Gap(gaps.LIMIT, str(error), path), {}, ""
    name, version = fields.get("P", ""), fields.get("V", "")
    if not name or not version:
        what = "an installed package has no name or no version"
        return Gap(gaps.UNREADABLE_FILE, what, path), {}, ""
    source = SourcePackage(fields.get("o") or name, version)
    licenses = statement(fields.get("L", ""))
    fact = bounded(Package("apk", name, version, path, arch=fields.get("A", ""), source=source, licenses=licenses))
    return fact, fields, owned


def _bare(text: str) -> list[str]:
    """Capabilities without versions (``so:libz.so.1=1.2``, ``busybox>=1``); ``!`` is a conflict, which needs nobody."""
    words = text.split() if len(text) <= RELATION_CHARACTERS else ()
    return [_CONSTRAINT.sub("", word) for word in words if not word.startswith("!")]


def _fields(stanza: str, room: Room) -> tuple[dict[str, str], str]:
    fields: dict[str, str] = {}
    owned = []
    folder = ""
    for line in stanza.split("\n"):
        letter, value = line[:2], line[2:]
        if letter == "R:":
            room.take(1, len(folder) + len(value))
            owned.append(folder + value)
        elif letter == "F:":
            folder = f"{value}/" if value else ""
        elif letter[1:] == ":":
            fields.setdefault(letter[0], value.strip())
    return fields, "\n".join(owned)
