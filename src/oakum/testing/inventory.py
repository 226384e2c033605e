"""Builders of packages, inventories and advisories: a test names only what it is about."""

from oakum.model.advisory import Advisory, Event, Range
from oakum.model.fact import Distribution, Package, SourcePackage
from oakum.model.inventory import Installed, Inventory
from oakum.model.severity import Severity

BOOKWORM = Distribution("debian", "12", "Debian GNU/Linux 12 (bookworm)", "etc/os-release", codename="bookworm")

_PATHS = {"deb": "var/lib/dpkg/status", "apk": "lib/apk/db/installed"}


def installed(
    purl_type: str, name: str, version: str, *, source: str = "", owner: str = "", layer: int = 0
) -> Installed:
    """An installed package; ``source`` is ``name version``."""
    path = _PATHS.get(purl_type, f"app/{name}")
    origin = SourcePackage(*source.split(" ", 1)) if source else None
    package = Package(purl_type, name, version, path, source=origin)
    return Installed(package, f"pkg:{purl_type}/{name.replace(':', '/')}@{version}", layer, (path,), owner)


def inventory(*packages: Installed, distribution: Distribution | None = BOOKWORM) -> Inventory:
    """An inventory of these packages, on Debian 12 unless told."""
    return Inventory(distribution, packages)


def ranged(*events: str) -> Range:
    """A range of events such as ``introduced 0`` and ``fixed 1.2``."""
    return Range(tuple(Event(*event.split(" ", 1)) for event in events))


def advisory(
    record: str, about: str, *ranges: Range, rating: str = "", origin: str = "source", aliases: tuple[str, ...] = ()
) -> Advisory:
    """A record; ``about`` is ``ecosystem name``. Its fixed versions are those of its ranges."""
    ecosystem, name = about.split(" ", 1)
    fixed = tuple(event.version for stretch in ranges for event in stretch.events if event.kind == "fixed")
    return Advisory(
        record,
        f"osv:{ecosystem}",
        ecosystem,
        name,
        aliases=aliases,
        ranges=ranges,
        fixed=fixed,
        severity=Severity(rating, origin) if rating else Severity(),
        modified="2026-01-02T00:00:00Z",
    )
