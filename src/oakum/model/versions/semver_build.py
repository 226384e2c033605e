"""The order of semantic versions whose builds count."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import identifiers, refuse, semantic, too_long

_FORM: Final = re.compile(
    r"v?([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
    r"(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
)
_NO_BUILD: Final = b"\x00"
_BUILD: Final = b"\x01"


@scheme(ecosystems=("Pub", "Julia"), version=1, memcmp=True)
def semver_build(version: str) -> bytes:
    """Dart and Julia package versions: semantic versions whose build counts.

    As semantic versions; where all else is equal, a version with a build is more than one without, and builds
    compare as pre-releases do (pub_semver; Julia manual, "Version Number Literals").
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "semantic")
    major, minor, patch, prerelease, build = found.groups("")
    key = semantic((major, minor, patch), prerelease)
    return key + (_BUILD + identifiers(build).encode("latin-1") if build else _NO_BUILD)
