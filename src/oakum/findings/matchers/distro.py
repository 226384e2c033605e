"""What a distribution's advisories are asked."""

from collections.abc import Iterator
from typing import Final

from oakum.findings.matcher import Answer, matcher
from oakum.model.advisory import AdvisoryKey
from oakum.model.distributions import SYSTEM_TYPES, release_ecosystem
from oakum.model.ecosystems import family
from oakum.model.fact import Distribution, Gap, Package
from oakum.model.filing import ANY_MODULE, is_modular, module_of, name_in_module
from oakum.model.gaps import (
    NO_ADVISORY_DATA,
    UNCOMPARABLE_VERSION,
    UNIDENTIFIED_PACKAGE,
    UNSUPPORTED_DISTRIBUTION,
)
from oakum.model.inventory import Installed
from oakum.model.package_note import is_noted, noted_ecosystem
from oakum.model.stated_release import is_release_of, stated_distribution, stated_release

_BY_BINARY: Final = frozenset({"AlmaLinux", "Red Hat", "Photon OS"})
"""Whose records name the packages that are installed, whatever source they were built from."""

_BY_BOTH: Final = frozenset({"Rocky Linux"})
"""Whose records name source packages, and packages where they differ."""

_WITH_EPOCH: Final = frozenset({"Azure Linux"})
"""Whose notes in programs give an rpm's epoch where it has one."""

_TYPES: Final = {
    "Debian": "deb", "Ubuntu": "deb", "Echo": "deb",
    "Alpine": "apk", "Wolfi": "apk", "Chainguard": "apk", "MinimOS": "apk", "Alpaquita": "apk",
    "BellSoft Hardened Containers": "apk",
}  # fmt: skip
"""What kind of packages a family's records are about; rpm where it is not here."""


@matcher(types=tuple(sorted(SYSTEM_TYPES)), version=3)
def distro(installed: Installed, distribution: Distribution | None) -> Iterator[Answer]:
    """Distribution packages, as their distribution's records name them.

    A distribution mends its source packages and says so by source name and source version,
    back-ported fixes included; a binary package may bear another name and another version. AlmaLinux and Red Hat list
    every binary package instead. A package of a module is asked about within its module alone, and one outside
    of modules never there: their versions say nothing about each other. A package whose own package
    URL names another release, as one that lies there as a file does, is judged by that release. A
    release without advisories is one gap for the whole artifact, which ``findings.coverage`` states.
    A package that only a note in a program names is judged by the distribution that the note names; it is a gap
    where that is not known, where advisories name binary packages, and where an rpm's version is not said whole.
    """
    package = installed.package
    if is_noted(package):
        yield from _noted(package, distribution)
        return
    ecosystem = _ecosystem(package, distribution)
    if ecosystem is not None:
        yield from _answers(package, ecosystem)


def _noted(package: Package, image: Distribution | None) -> Iterator[Answer]:
    """What to ask about a package that only a note names."""
    ecosystem = noted_ecosystem(package, image)
    if ecosystem is None:
        own = stated_distribution(package) or image
        whose = own.name or own.id if own is not None else "no distribution that it names"
        what = f"programs were built from packages of {whose}, by their notes, and no advisories known here judge these"
        yield Gap(UNSUPPORTED_DISTRIBUTION, what, package.path)
    elif family(ecosystem) in _BY_BINARY:
        what = f"notes in programs name source packages, and advisories of {family(ecosystem)} binary ones"
        yield Gap(UNIDENTIFIED_PACKAGE, what, package.path)
    elif package.type == "rpm" and not _whole(package.version, family(ecosystem)):
        what = "notes in programs give versions of rpms without epoch or release, which cannot be compared"
        yield Gap(UNCOMPARABLE_VERSION, what, package.path)
    else:
        yield from _answers(package, ecosystem)


def _whole(version: str, kin: str) -> bool:
    """Whether an rpm's version has all its parts."""
    return "-" in version and (":" in version or kin in _WITH_EPOCH)


def _answers(package: Package, ecosystem: str) -> Iterator[Answer]:
    """What to ask the advisories of an ecosystem."""
    if package.type != _TYPES.get(family(ecosystem), "rpm"):
        what = f"no advisories of {family(ecosystem)} speak of packages of the type {package.type}"
        yield Gap(NO_ADVISORY_DATA, what, package.path)
        return
    if not package.module and is_modular(package.version):
        what = "packages were built in a module and do not say in which: advisories about one module do not reach them"
        yield Gap(UNIDENTIFIED_PACKAGE, what, package.path)
    for name, version in _names(package, family(ecosystem)):
        for filed in _filed(name, package):
            yield AdvisoryKey(ecosystem, filed, version)


def _ecosystem(package: Package, distribution: Distribution | None) -> str | None:
    stated = stated_release(package)
    if stated is not None and (distribution is None or not is_release_of(stated, distribution)):
        own = release_ecosystem(stated)
        if own is not None:
            return own
    return release_ecosystem(distribution) if distribution else None


def _names(package: Package, kin: str) -> tuple[tuple[str, str], ...]:
    """Name and version as the records of a family of distributions have them."""
    own = (package.name, package.version)
    source = package.source
    if source is None or kin in _BY_BINARY:
        return (own,)
    origin = (source.name, source.version or package.version)
    return (origin, own) if kin in _BY_BOTH and source.name != package.name else (origin,)


def _filed(name: str, package: Package) -> tuple[str, ...]:
    """Under which names the records about it are filed (``oakum.model.filing``)."""
    if package.module:
        return name_in_module(name, module_of(package.module)), name_in_module(name, ANY_MODULE)
    return (name_in_module(name, ANY_MODULE),) if is_modular(package.version) else (name,)
