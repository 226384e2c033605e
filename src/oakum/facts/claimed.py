"""What a better record claims.

Libraries that were only guessed at, where a list of the packages lies beside them; packages that only a note in a
program names, where a package database knows the file or the package.
"""

import posixpath
from collections.abc import Callable, Iterable
from typing import Final

from oakum.model.fact import Package
from oakum.model.package_note import is_noted

VERSION_RESOURCE: Final = "version resource"
"""How a .NET library is known that nothing names a package for."""

_LIST: Final = ".deps.json"
_RUNTIMES: Final = "/runtimes/"
"""Below the folder of a published program: libraries for one system each, which its list names too."""


def without_claimed(packages: Iterable[Package]) -> list[Package]:
    """The packages, without .NET libraries for which a list in their folder says which packages they came with."""
    every = list(packages)
    listed = {posixpath.dirname(one.path) for one in every if one.type == "nuget" and one.path.endswith(_LIST)}
    if not listed:
        return every
    return [one for one in every if one.guessed != VERSION_RESOURCE or not _claimed(one.path, listed)]


def without_recorded(packages: Iterable[Package], owner: Callable[[str], str]) -> list[Package]:
    """The packages, without those of notes in programs of which a package database speaks.

    It does where it owns the program, or lists a package that was built from the noted source package in that version;
    a note may lack the epoch of an rpm (Fedora's do), and its release (CBL-Mariner's do).

    Args:
        packages: all that is there.
        owner: the package that owns a file, or nothing.
    """
    every = list(packages)
    noted = [one for one in every if is_noted(one)]
    if not noted:
        return every
    wanted = {(one.type, one.name) for one in noted}
    recorded = {key for one in every if not is_noted(one) for key in _built_from(one) if key[:2] in wanted}
    gone = {one for one in noted if owner(one.path) or (one.type, one.name, one.version) in recorded}
    return [one for one in every if one not in gone]


def _built_from(package: Package) -> Iterable[tuple[str, str, str]]:
    """How a note may name the source of a recorded package: with each version that may stand there."""
    sources = [(package.name, package.version)]
    if package.source is not None:
        sources += [(package.source.name, package.source.version), (package.source.name, package.version)]
    for name, version in sources:
        yield package.type, name, version
        if package.type == "rpm":
            released = version.rpartition(":")[2]
            yield package.type, name, released
            yield package.type, name, released.rpartition("-")[0]


def _claimed(path: str, listed: set[str]) -> bool:
    program = ("/" + path).partition(_RUNTIMES)[0].lstrip("/")
    return posixpath.dirname(path) in listed or (_RUNTIMES in "/" + path and program in listed)
