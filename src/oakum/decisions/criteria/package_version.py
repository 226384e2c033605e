"""The criterion ``package_version``."""

from typing import Final, Literal

from msgspec import UNSET, Struct, UnsetType

from oakum.decisions.criterion import PACKAGE, PackageTest, criterion
from oakum.decisions.globs import fits
from oakum.kit.errors import ConfigurationError
from oakum.model.inventory import Installed
from oakum.model.scheme import Scheme, VersionError
from oakum.model.versions.alpm import alpm
from oakum.model.versions.apk import apk
from oakum.model.versions.deb import deb
from oakum.model.versions.gem import gem
from oakum.model.versions.go import go
from oakum.model.versions.maven import maven
from oakum.model.versions.nuget import nuget
from oakum.model.versions.packagist import packagist
from oakum.model.versions.pep440 import pep440
from oakum.model.versions.rpm import rpm
from oakum.model.versions.semver import semver

_SCHEMES: Final[dict[str, Scheme]] = {
    "alpm": alpm,
    "apk": apk,
    "cargo": semver,
    "composer": packagist,
    "deb": deb,
    "gem": gem,
    "golang": go,
    "maven": maven,
    "npm": semver,
    "nuget": nuget,
    "pypi": pep440,
    "rpm": rpm,
}

Type = Literal["alpm", "apk", "cargo", "composer", "deb", "gem", "golang", "maven", "npm", "nuget", "pypi", "rpm"]


class Versions(Struct, frozen=True, forbid_unknown_fields=True):
    """``name``: a glob; ``type``: a purl type; ``below`` and ``at_least``: the versions in between count."""

    name: str
    type: Type
    below: str | UnsetType = UNSET
    at_least: str | UnsetType = UNSET


@criterion(level=PACKAGE, asked=Versions, version=1)
def package_version(asked: Versions) -> PackageTest:
    """A package of this name is installed in one of these versions, by its ecosystem's own order.

    A version that is none of its ecosystem is unknown.

    Raises:
        ConfigurationError: no version is named, or one that is none.
    """
    scheme, wanted = _SCHEMES[asked.type], fits((asked.name,))
    if asked.below is UNSET and asked.at_least is UNSET:
        raise ConfigurationError("below, at_least or both stand there")
    try:
        below = None if asked.below is UNSET else scheme.key(asked.below)
        least = None if asked.at_least is UNSET else scheme.key(asked.at_least)
    except VersionError as error:
        raise ConfigurationError(str(error)) from None

    def test(installed: Installed) -> bool | None:
        found = installed.package
        if found.type != asked.type or not wanted(found.name):
            return False
        try:
            have = scheme.key(found.version)
        except VersionError:
            return None
        return (below is None or have < below) and (least is None or have >= least)

    return test
