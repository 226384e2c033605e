"""A .NET library as a package that was guessed at: by the version resource that compilers write."""

import re
from typing import BinaryIO, Final

from oakum.facts.bounds import bounded
from oakum.facts.claimed import VERSION_RESOURCE
from oakum.facts.pe import version_strings
from oakum.model.fact import Gap, Package

_ENDING: Final = re.compile(r"\.(dll|exe)$", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_VERSION: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9}){1,3}(?:-[0-9A-Za-z][0-9A-Za-z.-]*)?)(?:[+\s].*)?", re.DOTALL)
_SATELLITE: Final = ".resources"
_NAMES: Final = ("OriginalFilename", "InternalName")
_VERSIONS: Final = ("ProductVersion", "FileVersion")


def is_assembly(path: str) -> bool:
    """Whether the name is that of a library or a program."""
    return _ENDING.search(path) is not None


def assembly(content: BinaryIO, name: str, path: str) -> Package | Gap | None:
    """The package that a library probably came with; None where it is native, a translation, or says no version.

    Args:
        content: the library.
        name: its own path, for the one that says no name.
        path: the file that it was found in, where the package is put.

    Raises:
        DamagedError: it is cut off.
    """
    said = version_strings(content)
    if said is None:
        return None
    name, version = _name(said, name), _version(said)
    if not version or name.endswith(_SATELLITE):
        return None
    return bounded(Package("nuget", name, version, path, guessed=VERSION_RESOURCE))


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
