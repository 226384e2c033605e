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
    found = stated_distribution(package)
    return found if found is not None and found.version else None


def stated_distribution(package: Package) -> Distribution | None:
    """The distribution, with its release where one is stated."""
    return _distribution(package.purl) if f"{_KEY}=" in package.purl else None


def is_release_of(stated: Distribution, distribution: Distribution) -> bool:
    """Whether a package's statement says no more than os-release does: ``rhel-9`` on ``9.4``."""
    same = distribution.version == stated.version or distribution.version.startswith(f"{stated.version}.")
    return stated.id == distribution.id and same


@lru_cache(maxsize=1024)
def _distribution(purl: str) -> Distribution | None:
    try:
        said = dict(parse(purl).qualifiers).get(_KEY, "")
    except PurlError:
        return None
    identity, _, version = said.rpartition("-")
    if identity and version[:1].isdecimal():
        return Distribution(identity, version, f"{identity} {version}", "")
    return Distribution(said, "", said, "") if said else None
