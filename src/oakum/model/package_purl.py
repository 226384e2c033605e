"""The package URL of an installed package."""

from typing import Final

from oakum.model.fact import Distribution, Package
from oakum.model.purl import escape
from oakum.model.purl_types import NO_RULES, PROHIBITED, TYPES, spelled

_SYSTEM: Final = frozenset(("alpm", "apk", "deb", "rpm"))
_VENDORS: Final = {"rhel": "redhat", "sles": "suse", "opensuse-leap": "opensuse", "opensuse-tumbleweed": "opensuse"}
"""Distributions that package URLs call by their vendor's name (purl-spec, ``types/rpm``)."""


def package_purl(package: Package, distribution: Distribution | None) -> str:
    """The package URL of an installed package; it parses, however hostile the names are."""
    if package.purl:
        return package.purl
    kind = package.type
    namespace, name = _names(kind, package.name)
    if kind in _SYSTEM:
        namespace = escape(_vendor(distribution)) if distribution else ""
    version = escape(spelled(kind, "version", _without_epoch(package).strip())) if package.version else ""
    text = f"pkg:{kind}/{namespace}/{name}" if namespace else f"pkg:{kind}/{name}"
    if version:
        text = f"{text}@{version}"
    return text + _system_qualifiers(package, distribution) if kind in _SYSTEM else text


def _names(kind: str, name: str) -> tuple[str, str]:
    """Namespace and name of a package as its type has them, escaped; a name that says nothing is ``unknown``."""
    if kind in _SYSTEM or TYPES.get(kind, NO_RULES).namespace == PROHIBITED:
        return "", escape(spelled(kind, "name", name.strip().strip("/"))) or "unknown"
    if kind == "maven":
        group, _, artifact = name.rpartition(":")
        name = f"{group.replace('/', '.')}/{artifact}" if group else artifact
    segments = [part for part in map(str.strip, name.split("/")) if part]
    if not segments:
        return "", "unknown"
    namespace = [escape(spelled(kind, "namespace", part)) for part in segments[:-1]]
    return "/".join(namespace), escape(spelled(kind, "name", segments[-1]))


def _vendor(distribution: Distribution) -> str:
    """The vendor's name as one segment: a slash cannot stand in one, not even encoded."""
    name = distribution.id.strip().lower().replace("/", "-")
    return _VENDORS.get(name, name)


def _without_epoch(package: Package) -> str:
    """The version; an rpm's epoch is a qualifier of its own (purl-spec, ``types/rpm``)."""
    epoch, colon, version = package.version.partition(":")
    return version if package.type == "rpm" and colon and epoch.isdecimal() else package.version


def _system_qualifiers(package: Package, distribution: Distribution | None) -> str:
    """Architecture, distribution, module and source package of a distribution's package, sorted."""
    pairs = []
    if package.arch.strip():
        pairs.append("arch=" + escape(package.arch.strip()))
    if distribution is not None and distribution.id.strip():
        release = (
            f"{distribution.id.strip().lower()}-{distribution.version}"
            if distribution.version
            else distribution.id.strip().lower()
        )
        pairs.append("distro=" + escape(release))
    if _without_epoch(package) is not package.version:
        pairs.append("epoch=" + escape(package.version.partition(":")[0]))
    if package.module and package.type == "rpm":
        pairs.append("rpmmod=" + escape(package.module))
    source = package.source
    if source is not None and source.name.strip():
        if source.version and source.version != package.version:
            pairs.append("upstream=" + escape(f"{source.name.strip()}@{source.version.strip()}"))
        elif source.name != package.name:
            pairs.append("upstream=" + escape(source.name.strip()))
    return "?" + "&".join(pairs) if pairs else ""
