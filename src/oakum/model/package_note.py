"""Packages that are known by the note in a program alone, and by whose advisories they are judged.

A note names the source package that a program was built from, and often the distribution that built it, which need
not be the image's: libraries are bundled and programs copied (UAPI.8, "Package Metadata for Executable Files").
"""

from typing import Final

from oakum.model.distributions import release_ecosystem
from oakum.model.fact import Distribution, Package
from oakum.model.stated_release import stated_distribution

PACKAGE_NOTE: Final = "package note"
"""What such a package's name was taken from: which binary package it is, nothing states."""


def is_noted(package: Package) -> bool:
    """Whether a note in a program is all that is known of the package."""
    return package.guessed == PACKAGE_NOTE


def noted_ecosystem(package: Package, image: Distribution | None) -> str | None:
    """The ecosystem whose advisories speak of the package, or None where there is none or it cannot be told.

    Args:
        package: known by a note.
        image: the distribution of the image, which is also the package's where the note names no other. A note that
            names no release (Debian's) means the image's, when it is of the same distribution.
    """
    own = stated_distribution(package)
    if own is None or (image is not None and own.id == image.id and own.version in ("", image.version)):
        return release_ecosystem(image) if image is not None else None
    return release_ecosystem(own)
