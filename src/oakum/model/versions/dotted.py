"""The order of versions that are numbers with dots, in ecosystems that define no order of their own."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import identifiers, number, refuse, too_long

_FORM: Final = re.compile(
    r"[vV]?([0-9]+(?:\.[0-9]+)*)"
    r"(?:[-_]?((?:(?<=[-_])[0-9A-Za-z-]|(?<![-_])[A-Za-z])[0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]*)?"
)
_TRAILING_ZEROS: Final = re.compile(r"(?:\.0+)+\Z")
_NUMBERS_END: Final = "\x00"
_PRERELEASE: Final = "\x01"
_RELEASE: Final = "\x02"


@scheme(ecosystems=("GitHub Actions", "VSCode", "vcpkg", "Linux", "Android"), version=1, memcmp=True)
def dotted(version: str) -> bytes:
    """Versions of any number of numbers, else as semantic versions.

    Tags of actions, extensions, kernels: ``v4``, ``6.1.0.7``, ``5.10-rc1``. What is missing counts as 0, what follows
    the numbers is a pre-release, build metadata does not count.
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "dotted")
    numbers, prerelease = found.groups("")
    end = _PRERELEASE + identifiers(prerelease) if prerelease else _RELEASE
    key = "".join(map(number, _TRAILING_ZEROS.sub("", numbers).split(".")))
    return (key + _NUMBERS_END + end).encode("latin-1")
