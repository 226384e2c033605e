"""Cataloger of .NET libraries, by their version resource."""

import re
from collections.abc import Iterator
from typing import Final

from oakum.facts.bounds import bounded
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.claimed import VERSION_RESOURCE
from oakum.facts.files import Files
from oakum.facts.pe import version_strings
from oakum.model.fact import Fact, Package

_ENDING: Final = re.compile(r"\.(dll|exe)$", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_VERSION: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9}){1,3}(?:-[0-9A-Za-z][0-9A-Za-z.-]*)?)(?:[+\s].*)?", re.DOTALL)
_SATELLITE: Final = ".resources"
_NAMES: Final = ("OriginalFilename", "InternalName")
_VERSIONS: Final = ("ProductVersion", "FileVersion")


@cataloger(
    version=1,
    libraries=Group(glob="**/*.dll", large=True, loose=True),
    programs=Group(glob="**/*.exe", large=True, loose=True),
)
def dotnet_library(files: Files) -> Iterator[Fact]:
    """.NET libraries without a record of their packages, by the version resource that compilers write.

    The name is that of the assembly, which most packages share; the version is the product's, which build tools
    take from the package, or else the file's. Both are marked as guessed. Where a ``deps.json`` lies in the same
    folder, it says better which packages these are. Native libraries and translations (``*.resources.dll``) are none.
    """
    for file in files.every():
        with file.open() as content:
            said = version_strings(content)
        if said is None:
            continue
        name, version = _name(said, file.path), _version(said)
        if version and not name.endswith(_SATELLITE):
            yield bounded(Package("nuget", name, version, file.path, guessed=VERSION_RESOURCE))


def _name(said: dict[str, str], path: str) -> str:
    """The assembly's name; a file that was renamed keeps it."""
    for key in _NAMES:
        name = _ENDING.sub("", said.get(key, ""))
        if _NAME.fullmatch(name):
            return name
    return _ENDING.sub("", path.rpartition("/")[2])


def _version(said: dict[str, str]) -> str:
    for key in _VERSIONS:
        found = _VERSION.fullmatch(said.get(key, ""))
        if found and found[1].strip(".0"):  # compilers write 0.0.0.0 where nobody stated any
            return found[1]
    return ""
