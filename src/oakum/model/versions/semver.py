"""The order of semantic versions."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, semantic, too_long

_FORM: Final = re.compile(
    r"[v=\s]*([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?"
    r"(?:-?((?:(?<=-)[0-9A-Za-z-]|(?<!-)[A-Za-z])[0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]*)?\s*"
)


@scheme(ecosystems=("npm", "crates.io", "Hex", "SwiftURL"), version=1, memcmp=True)
def semver(version: str) -> bytes:
    """Semantic versions 2.0.0.

    A pre-release comes before its release, its numbers by value and before its words, its words
    by ASCII, and the shorter one first; build metadata does not count (semver.org, section 11).
    Read loosely as npm does: ``v`` and ``=`` in front, no hyphen before a pre-release that starts
    with a letter; missing numbers count as 0.
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "semantic")
    major, minor, patch, prerelease = found.groups("")
    return semantic((major, minor, patch), prerelease)
