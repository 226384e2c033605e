"""How rpm writes versions and names source packages, and a package out of its header."""

from oakum.facts.bounds import bounded, statement
from oakum.facts.rpm_header import Header
from oakum.model import gaps
from oakum.model.fact import Gap, Package, SourcePackage

_SOURCES = (".src.rpm", ".nosrc.rpm")


def rpm_version(epoch: int | None, version: str, release: str) -> str:
    """``epoch:version-release``; an epoch of 0 compares as none does, and is left out as OSV's records do."""
    released = f"{version}-{release}" if release else version
    return f"{epoch}:{released}" if epoch else released


def rpm_source(file_name: str, version: str) -> SourcePackage | None:
    """Name and version out of ``name-version-release.src.rpm``, or None.

    A file name bears no epoch. Where the rest is the package's own version the epoch is its own too; a source with
    another version has one that stands nowhere.
    """
    stem = next((file_name[: -len(end)] for end in _SOURCES if file_name.endswith(end)), "")
    name, _, release = stem.rpartition("-")
    name, _, number = name.rpartition("-")
    if not name:
        return None
    released = f"{number}-{release}"
    return SourcePackage(name, version if version.partition(":")[2] == released else released)


def rpm_package(header: Header, path: str, what: str) -> Package | Gap:
    """The package that a header speaks of, or a gap where it gives no name or no version.

    Args:
        header: of the package.
        path: the file that holds it.
        what: the package in words, for the gap.
    """
    if not header.name or not header.version:
        return Gap(gaps.UNREADABLE_FILE, f"{what} has no name or no version", path)
    version = rpm_version(header.epoch, header.version, header.release)
    return bounded(
        Package(
            "rpm",
            header.name,
            version,
            path,
            arch=header.arch,
            source=rpm_source(header.source, version),
            licenses=statement(header.license),
            module=header.module,
        )
    )
