"""Cataloger of Erlang packages that rebar.lock pins."""

from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, text
from oakum.facts.terms import terms
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Fact, Package


@cataloger(version=1, reads=DECLARED, locks="**/rebar.lock")
def rebar_lock(files: Files) -> Iterator[Fact]:
    """Erlang packages that ``rebar.lock`` pins.

    What comes from Git has its revision, or its tag, as version. The file does not say what needs what.
    """
    for file in files.locks:
        found = terms(file.text(), "erlang")
        first = found[0] if found else []
        locks = first[1] if isinstance(first, tuple) and len(first) > 1 else first  # older files have no version
        if not isinstance(locks, list):
            raise UnreadableError("is no list of locked packages")
        for entry in locks:
            if isinstance(entry, tuple) and len(entry) > 1 and isinstance(entry[1], tuple):
                yield release(Package("hex", *_source(text(entry[0]), entry[1]), file.path))


def _source(name: str, source: tuple[object, ...]) -> tuple[str, str]:
    """Name and version: ``{pkg,Name,Version,..}``, or ``{git,Address,{ref,Revision},..}``."""
    if text(source[0] if source else "") == "pkg":
        return (*(text(part) for part in source[1:3]), "", "")[:2]  # type: ignore[return-value]  # always two
    pinned = source[2] if len(source) > 2 and isinstance(source[2], tuple) else ()  # noqa: PLR2004 - the third part
    return name, text(pinned[-1]) if pinned else ""
