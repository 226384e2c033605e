"""The fleet in memory."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from oakum.kit.errors import UsageError
from oakum.model.artifact import OWNERS
from oakum.model.ecosystems import OSV_ECOSYSTEMS, normalised
from oakum.model.finding import Finding
from oakum.model.fleet import (
    Affected,
    Container,
    FleetImage,
    FleetPackage,
    Host,
    ImageCounts,
    ImageTrust,
    Incident,
    TagMove,
    fleet_package,
)
from oakum.model.inventory import Installed, Inventory
from oakum.testing.pages import page

_RUNS: Final = frozenset({"running", "paused", "restarting"})


class MemoryFleet:
    """Implements ``ports.fleet.Fleet``; nothing outlives it."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        self._images: dict[str, FleetImage] = {}
        self._findings: dict[str, dict[str, Finding]] = {}
        self._hosts: dict[str, Host] = {}
        self._containers: dict[str, Container] = {}
        self._tags: dict[tuple[str, str], TagMove] = {}
        self._incidents: dict[str, Incident] = {}
        self._trust: dict[str, ImageTrust] = {}

    def keep_image(self, image: FleetImage, findings: Iterable[Finding]) -> None:
        """Keep an image with its packages and their findings."""
        if not image.artifact.image_id:
            raise UsageError(f"{image.artifact.reference} is no image")
        self._images[image.artifact.image_id] = image
        for installed in image.inventory.packages:
            self._findings[_id(installed, image)] = {}
        for one in findings:
            of = self._findings.get(_id(one.installed, image))
            if of is not None:
                of[one.id] = one

    def image(self, image_id: str) -> tuple[FleetImage, list[Finding]] | None:
        """An image by its id (any unambiguous beginning), a name or a manifest digest; its findings by package."""
        named = [one for one in self._images.values() if image_id in _names(one)]
        digits = image_id.removeprefix("sha256:")
        begin = [one for id_, one in self._images.items() if id_.startswith(f"sha256:{digits}") and len(digits) > 3]  # noqa: PLR2004 - digits that name an image
        found = named[-1] if named else begin[0] if len(begin) == 1 else None
        if found is None:
            return None
        return found, [
            replace(one, installed=installed)
            for installed in found.inventory.packages
            for one in self._findings[_id(installed, found)].values()
        ]

    def images(self, *, after: str = "", limit: int = 100, search: str = "") -> tuple[list[FleetImage], str]:
        """By name, without inventories, with the cursor of the next page."""
        fits = [one for one in self._images.values() if any(search in name for name in _names(one)[2:])]
        heads = [replace(one, inventory=Inventory()) for one in sorted(fits, key=_name)]
        return page(heads, after, limit)

    def counts(self, image_ids: Collection[str]) -> dict[str, ImageCounts]:
        """How much is in each of these images that is known."""
        found = {}
        for id_ in image_ids:
            image = self._images.get(id_)
            if image is None:
                continue
            held = {_id(one, image) for one in image.inventory.packages}
            ratings = Counter(one.severity.rating for package in held for one in self._findings[package].values())
            runs = sum(one.image_id == id_ and one.state in _RUNS for one in self._containers.values())
            found[id_] = ImageCounts(len(held), dict(ratings), runs)
        return found

    def keep_trust(self, image_id: str, trust: ImageTrust) -> None:
        """Keep what was found at an image by trust rules."""
        self._trust[image_id] = trust

    def trust(self, image_ids: Collection[str]) -> dict[str, ImageTrust]:
        """What was found at each of these images."""
        return {id_: self._trust[id_] for id_ in image_ids if id_ in self._trust}

    def packages(self, *, name: str = "") -> Iterator[FleetPackage]:
        """Every package of any image, each once; with a name those that bear it, or whose source does."""
        every = {
            package.id: package
            for image in self._images.values()
            for package in (fleet_package(one, image.inventory.distribution) for one in image.inventory.packages)
        }
        yield from (one for one in every.values() if not name or _bears(one, name))

    def rejudge(self, judged: Mapping[str, Sequence[Finding]]) -> list[Affected]:
        """Take in all findings, or none, of packages by their ids; give what is newly affected, in every image."""
        known = {id_: said for id_, said in judged.items() if id_ in self._findings}
        new = {(id_, one.id) for id_, said in known.items() for one in said if one.id not in self._findings[id_]}
        for id_, said in known.items():
            self._findings[id_] = {one.id: one for one in said}
        return self._reached(new)

    def affected(self, *, packages: Collection[str] = (), finding: str = "") -> list[Affected]:
        """Images that hold packages, or have a finding, with what runs now."""
        if not finding:
            return self._reached({(id_, "") for id_ in packages})
        return self._reached(
            {
                (id_, one.id)
                for id_, of in self._findings.items()
                for one in of.values()
                if finding in (one.id, *one.aliases) and (not packages or id_ in packages)
            }
        )

    def keep_host(self, host: Host) -> None:
        """Keep a host, or its change."""
        self._hosts[host.id] = host

    def hosts(self) -> list[Host]:
        """Every host, by name."""
        return sorted(self._hosts.values(), key=lambda host: (host.name, host.id))

    def keep_containers(self, containers: Iterable[Container]) -> None:
        """Keep containers, or their changes."""
        self._containers.update((one.id, one) for one in containers)

    def container(self, id_: str) -> Container | None:
        """A container by any unambiguous beginning of its id, or its name; the newest of several."""
        named = [one for one in self._containers.values() if id_ and one.name == id_]
        begin = [one for key, one in self._containers.items() if id_ and key.startswith(id_)]
        if id_ in self._containers:
            return self._containers[id_]
        if named:
            return max(named, key=lambda one: (_moment(one.started), one.id))
        return begin[0] if len(begin) == 1 else None

    def containers(
        self, *, at: str = "", image_id: str = "", host: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Container], str]:
        """Those that run now, or ran at a moment; the newest first, with the cursor of the next page."""
        fits = [
            one
            for one in self._containers.values()
            if _ran(one, at) and image_id in ("", one.image_id) and host in ("", one.host)
        ]
        return page(sorted(fits, key=lambda one: (_moment(one.started), one.id), reverse=True), after, limit)

    def move_tag(self, move: TagMove) -> TagMove | None:
        """Note what a tag points at; give the move, with what was before, when that is something else or nothing."""
        had = self._tags.get((move.repository, move.tag))
        if had is not None and had.digest == move.digest:
            return None
        moved = replace(move, before=had.digest if had else "")
        self._tags[move.repository, move.tag] = moved
        return moved

    def tagged(self, repository: str, tag: str) -> str:
        """The digest that a tag was last seen to point at, or empty."""
        had = self._tags.get((repository, tag))
        return had.digest if had else ""

    def tags(self, image_id: str) -> list[TagMove]:
        """The tags that point at an image now."""
        image = self._images.get(image_id)
        digest = image.artifact.digest if image else None
        return sorted(
            (one for one in self._tags.values() if one.digest == digest), key=lambda one: (one.repository, one.tag)
        )

    def keep_incident(self, incident: Incident) -> bool:
        """Keep an incident, or its change; whether it is new."""
        new = incident.id not in self._incidents
        self._incidents[incident.id] = incident
        return new

    def incident(self, id_: str) -> Incident | None:
        """An incident by its id, or None."""
        return self._incidents.get(id_)

    def incidents(
        self, *, container: str = "", state: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Incident], str]:
        """The newest first, with the cursor of the next page."""
        fits = [
            one
            for one in self._incidents.values()
            if container in ("", one.container) and state in ("", one.state)
        ]  # fmt: skip
        return page(sorted(fits, key=lambda one: (_moment(one.at), one.id), reverse=True), after, limit)

    def totals(self) -> dict[str, int]:
        """How many images, containers that run now, and hosts there are."""
        runs = sum(_ran(one, "") for one in self._containers.values())
        return {"images": len(self._images), "containers": runs, "hosts": len(self._hosts)}

    def forget(self, before: str) -> int:
        """Remove containers that ended, incidents that were closed, and images that nothing names, before a moment."""
        at, had = _moment(before), len(self._containers) + len(self._incidents) + len(self._images)
        self._containers = {
            key: one for key, one in self._containers.items() if _ran(one, "") or not 0 < _moment(one.stopped) < at
        }
        self._incidents = {
            key: one for key, one in self._incidents.items() if one.state != "closed" or _moment(one.at) >= at
        }
        used = {one.image_id for one in self._containers.values()} | {one.digest for one in self._containers.values()}
        used = (used | {one.digest for one in self._tags.values()}) - {""}
        self._images = {
            id_: one
            for id_, one in self._images.items()
            if {id_, one.artifact.digest} & used or not 0 < _moment(one.assessed) < at
        }
        return had - len(self._containers) - len(self._incidents) - len(self._images)

    def close(self) -> None:
        """Nothing is held."""

    def _reached(self, pairs: set[tuple[str, str]]) -> list[Affected]:
        rows = [
            self._affected(image, package, id_)
            for image in self._images.values()
            for package in _once(image)
            for key, id_ in pairs
            if key == _id(package, image)
        ]
        return sorted(rows, key=lambda row: (row.image, row.image_id, row.package, row.purl, row.finding))

    def _affected(self, image: FleetImage, installed: Installed, id_: str) -> Affected:
        artifact, package = image.artifact, installed.package
        keys = {artifact.image_id, artifact.digest} - {""}
        running = [one for one in self._containers.values() if _ran(one, "") and keys & {one.image_id, one.digest}]
        found = self._findings[_id(installed, image)].get(id_)
        labels = artifact.config.labels if artifact.config else {}
        known = 0 <= installed.layer < len(artifact.layers)
        return Affected(
            artifact.image_id,
            next(iter(artifact.names), artifact.reference),
            purl=installed.purl,
            package=f"{package.name} {package.version}".strip(),
            finding=found.id if found else "",
            fixed_versions=found.fixed_versions if found else (),
            layer=installed.layer,
            instruction=artifact.layers[installed.layer].instruction if known else "",
            owner=next((labels[name] for name in OWNERS if labels.get(name)), ""),
            containers=tuple(sorted(one.id for one in running)),
            hosts=tuple(sorted({one.host for one in running})),
        )


def _id(installed: Installed, image: FleetImage) -> str:
    return fleet_package(installed, image.inventory.distribution).id


def _once(image: FleetImage) -> Iterable[Installed]:
    """Each package at its lowest layer."""
    lowest: dict[str, Installed] = {}
    for one in sorted(image.inventory.packages, key=lambda one: one.layer):
        lowest.setdefault(_id(one, image), one)
    return lowest.values()


def _names(image: FleetImage) -> tuple[str, ...]:
    artifact = image.artifact
    return artifact.image_id, artifact.digest, *artifact.names, artifact.reference


def _name(image: FleetImage) -> str:
    return next(iter(image.artifact.names), image.artifact.reference)


def _bears(package: FleetPackage, name: str) -> bool:
    own = package.installed.package
    ecosystem = OSV_ECOSYSTEMS.get(own.type, "")
    source = own.source.name if own.source else ""
    return name in (own.name, source) or normalised(ecosystem, own.name) == normalised(ecosystem, name)


def _ran(container: Container, at: str) -> bool:
    if not at:
        return container.state in _RUNS
    started, stopped = _moment(container.started), _moment(container.stopped)
    return 0 < started <= _moment(at) and (container.state in _RUNS or stopped > _moment(at))


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp() if text else 0
