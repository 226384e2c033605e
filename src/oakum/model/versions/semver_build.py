"""The order of semantic versions whose builds count."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import identifiers, number, refuse, too_long

_FORM: Final = re.compile(
    r"[vV]?([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?"
    r"(?:(-)|(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)|([A-Za-z][0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*))?"
    r"(?:(\+)|\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?)"
)
_LOWEST: Final = b"\x00"
"""In the place of a pre-release: before all others of its release."""
_PRERELEASE: Final = b"\x01"
_RELEASE: Final = b"\x02"
_NO_BUILD: Final = b"\x00"
_BUILD: Final = b"\x01"
_HIGHEST: Final = b"\x02"
"""In the place of a build: after all others of its release."""


@scheme(ecosystems=("Pub", "Julia"), version=2, memcmp=True)
def semver_build(version: str) -> bytes:
    """Dart and Julia package versions: semantic versions whose build counts.

    As semantic versions; where all else is equal, a version with a build is more than one without, and builds
    compare as pre-releases do (pub_semver). Julia has two marks more: a hyphen at the end is before all pre-releases,
    a plus at the end after all builds, and a pre-release that starts with a letter needs no hyphen (Julia manual,
    "Version Number Literals").
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "semantic")
    major, minor, patch, lowest, hyphened, joined, highest, build = found.groups("")
    key = "".join(map(number, (major, minor, patch))).encode("latin-1")
    prerelease = hyphened or joined
    if prerelease:
        key += _PRERELEASE + identifiers(prerelease).encode("latin-1")
    else:
        key += _LOWEST if lowest else _RELEASE
    if build:
        return key + _BUILD + identifiers(build).encode("latin-1")
    return key + (_HIGHEST if highest else _NO_BUILD)
