"""What a better record claims: libraries that were only guessed at, where a list of the packages lies beside them."""

import posixpath
from collections.abc import Iterable
from typing import Final

from oakum.model.fact import Package

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


def _claimed(path: str, listed: set[str]) -> bool:
    program = ("/" + path).partition(_RUNTIMES)[0].lstrip("/")
    return posixpath.dirname(path) in listed or (_RUNTIMES in "/" + path and program in listed)
