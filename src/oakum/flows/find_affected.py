"""Find what a package or a vulnerability reaches: images, what runs of them, and what to build anew."""

from typing import Final

from msgspec import Struct

from oakum.flows.kinds import SCHEMES, scheme_of
from oakum.kit.errors import UsageError
from oakum.model.ecosystems import OSV_ECOSYSTEMS, normalised
from oakum.model.fleet import Affected, FleetPackage
from oakum.model.scheme import Scheme, VersionError
from oakum.ports.fleet import Fleet

_SYSTEM_SCHEMES: Final = {
    "alpm": "alpm", "apk": "apk", "deb": "deb", "ebuild": "portage", "opkg": "deb", "rpm": "rpm",
}  # fmt: skip


class Asked(Struct, frozen=True):
    """What is looked for.

    Attributes:
        package: name of a package or of the source package that it was built from, or empty.
        below: only versions below this one, or empty.
        finding: any id of a vulnerability, or empty.
    """

    package: str = ""
    below: str = ""
    finding: str = ""


class Reach(Struct, frozen=True):
    """What was found.

    Attributes:
        affected: sorted by image and package.
        unknown: packages of the name whose versions cannot be compared, a sentence each; they are not in ``affected``.
    """

    affected: tuple[Affected, ...] = ()
    unknown: tuple[str, ...] = ()


def find_affected(fleet: Fleet, asked: Asked) -> Reach:
    """Find what a package or a vulnerability reaches in the fleet.

    Raises:
        UsageError: nothing is asked, or a version without its package.
    """
    if not asked.package and (asked.below or not asked.finding):
        raise UsageError("nothing says what is looked for", hint="give --package NAME [--below VERSION] or --cve ID")
    if not asked.package:
        return Reach(tuple(fleet.affected(finding=asked.finding)))
    meant, unknown = [], []
    for package in fleet.packages(name=asked.package):
        try:
            if not asked.below or _is_below(package, asked):
                meant.append(package.id)
        except VersionError as error:
            unknown.append(f"{package.installed.purl} cannot be compared with {asked.below}: {error}")
    found = fleet.affected(packages=meant, finding=asked.finding) if meant else []
    return Reach(tuple(found), tuple(sorted(unknown)))


def _is_below(package: FleetPackage, asked: Asked) -> bool:
    """Whether the version that bears the name is below the one that is asked about.

    Raises:
        VersionError: one of them is no version of the package's ecosystem.
    """
    kind = package.installed.package.type
    scheme = _scheme(kind)
    if scheme is None:
        raise VersionError(f"no order of versions is known for packages of the type {kind}")
    return scheme.compare(_plain(kind, _version(package, asked.package)), _plain(kind, asked.below)) < 0


def _scheme(kind: str) -> Scheme | None:
    if kind in _SYSTEM_SCHEMES:
        return SCHEMES.load(_SYSTEM_SCHEMES[kind])
    return scheme_of(OSV_ECOSYSTEMS.get(kind, ""))


def _version(package: FleetPackage, name: str) -> str:
    """The package's own version where the name is its own, else that of its source."""
    own = package.installed.package
    ecosystem = OSV_ECOSYSTEMS.get(own.type, "")
    if own.source is None or normalised(ecosystem, own.name) == normalised(ecosystem, name):
        return own.version
    return own.source.version or own.version


def _plain(kind: str, version: str) -> str:
    """Go's versions with and without their ``v`` (or ``go``, of the standard library) are the same."""
    return version.removeprefix("v").removeprefix("go") if kind == "golang" else version
