"""The order of Go modules and of the Go toolchain."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, semantic, too_long

_MODULE: Final = re.compile(
    r"v?([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]*)?"
)
_TOOLCHAIN: Final = re.compile(
    r"(?:go)?([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?(?:(alpha|beta|rc)([0-9]+))?(?:[- ][ -~]*[!-~])?"
)


@scheme(ecosystems=("Go", "Kubernetes"), version=1, memcmp=True)
def go(version: str) -> bytes:
    """Go module versions and Go releases.

    Modules are semantic versions with or without ``v``; pseudo-versions are pre-releases and
    ``+incompatible`` does not count (go.dev/ref/mod, "Versions"). Releases of Go are written
    ``go1.22rc1`` by the toolchain and ``1.22.0-rc.1`` by advisories: both give the same key, and
    what a vendor adds after a hyphen or a space does not count (package go/version). A module
    without a version, ``(devel)``, is no version.
    """
    if too_long(version):
        raise refuse(version, "Go")
    found = _MODULE.fullmatch(version)
    if found is not None:
        major, minor, patch, prerelease = found.groups("")
        return semantic((major, minor, patch), prerelease)
    found = _TOOLCHAIN.fullmatch(version)
    if found is None:
        raise refuse(version, "Go")
    major, minor, patch, stage, count = found.groups("")
    return semantic((major, minor, patch), f"{stage}.{count}" if stage else None)
