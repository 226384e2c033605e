"""The distribution that a package's own URL names (``distro=rhel-9``), whatever it was found in."""

from functools import lru_cache
from typing import Final

from oakum.model.fact import Distribution, Package
from oakum.model.purl import PurlError, parse

_KEY: Final = "distro"


def stated_release(package: Package) -> Distribution | None:
    """The distribution and release, or None where the package's source states no package URL, or none with both.

    A package that lies there as a file may have been built for another release than the file system that it
    was found in, and what lies beside it in a folder for a third.
    """
    return _release(package.purl) if f"{_KEY}=" in package.purl else None


def is_release_of(stated: Distribution, distribution: Distribution) -> bool:
    """Whether a package's statement says no more than os-release does: ``rhel-9`` on ``9.4``."""
    same = distribution.version == stated.version or distribution.version.startswith(f"{stated.version}.")
    return stated.id == distribution.id and same


@lru_cache(maxsize=1024)
def _release(purl: str) -> Distribution | None:
    try:
        said = dict(parse(purl).qualifiers).get(_KEY, "")
    except PurlError:
        return None
    identity, _, version = said.rpartition("-")
    if not identity or not version[:1].isdecimal():
        return None
    return Distribution(identity, version, f"{identity} {version}", "")
