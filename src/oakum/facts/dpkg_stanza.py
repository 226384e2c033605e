"""A package out of the fields that dpkg keeps of it, in its database and in a package's archive (deb-control(5))."""

from oakum.facts.bounds import bounded
from oakum.facts.stanzas import field
from oakum.model import gaps
from oakum.model.fact import Gap, Package, SourcePackage


def dpkg_package(stanza: str, path: str, what: str) -> Package | Gap:
    """The package that a stanza speaks of, or a gap where it gives no name or no version.

    Args:
        stanza: as ``oakum.facts.stanzas`` gives it.
        path: the file that holds it.
        what: the package in words, for the gap.
    """
    name, version = field(stanza, "Package"), field(stanza, "Version")
    if not name or not version:
        return Gap(gaps.UNREADABLE_FILE, f"{what} has no name or no version", path)
    source = _source(field(stanza, "Source"), name, version)
    return bounded(Package("deb", name, version, path, arch=field(stanza, "Architecture"), source=source))


def _source(text: str, name: str, version: str) -> SourcePackage:
    """The source package: not named when it is the package's own, with a version only when that differs."""
    source, _, rest = text.partition(" ")
    return SourcePackage(source or name, rest.strip().strip("()") or version)
