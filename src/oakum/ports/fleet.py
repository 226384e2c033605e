"""The fleet's inventory: images, packages, findings, containers, hosts, tags, incidents; a sync port.

Findings are kept once per package version and advisory, never per image: the index from
package to images to containers answers what a new advisory affects.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

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
)


class Fleet(Protocol):
    """Keeps what is there and what was. Every method that changes something is one transaction."""

    def keep_image(self, image: FleetImage, findings: Iterable[Finding]) -> None:
        """Keep an image with its packages and their findings; again, it takes the place of what was known.

        Findings are of packages: what is said here holds for every image that has the package. Those that a waiver
        accepts belong here too; waivers are applied when something is decided.

        Raises:
            UsageError: it has no image id, so that nothing could be found to run it.
        """
        ...

    def image(self, image_id: str) -> tuple[FleetImage, list[Finding]] | None:
        """An image by its id (any unambiguous beginning), a name or a manifest digest; its findings by package."""
        ...

    def images(self, *, after: str = "", limit: int = 100, search: str = "") -> tuple[list[FleetImage], str]:
        """By name, without inventories; the text is the cursor of the next page, empty at the end."""
        ...

    def counts(self, image_ids: Collection[str]) -> dict[str, ImageCounts]:
        """How much is in each of these images that is known."""
        ...

    def keep_trust(self, image_id: str, trust: ImageTrust) -> None:
        """Keep what was found at an image by trust rules; it takes the place of what was known."""
        ...

    def trust(self, image_ids: Collection[str]) -> dict[str, ImageTrust]:
        """What was found at each of these images; those at which nobody looked are left out."""
        ...

    def packages(self, *, name: str = "") -> Iterable[FleetPackage]:
        """Every package of any image, each once: a new advisory is held against them.

        With a name those that bear it, or were built from a source package that does, as their ecosystem spells it.
        """
        ...

    def rejudge(self, judged: Mapping[str, Sequence[Finding]]) -> list[Affected]:
        """Take in all findings, or none, of packages by their ids; give what is newly affected, in every image."""
        ...

    def affected(self, *, packages: Collection[str] = (), finding: str = "") -> list[Affected]:
        """Images that hold packages (by their ids), or have a finding (any of its names), with what runs now.

        With both, the finding in those packages. Sorted by image and package.
        """
        ...

    def keep_host(self, host: Host) -> None:
        """Keep a host, or its change."""
        ...

    def hosts(self) -> list[Host]:
        """Every host, by name."""
        ...

    def keep_containers(self, containers: Iterable[Container]) -> None:
        """Keep containers, or their changes."""
        ...

    def container(self, id_: str) -> Container | None:
        """A container by any unambiguous beginning of its id, or its name; the newest of several."""
        ...

    def containers(
        self, *, at: str = "", image_id: str = "", host: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Container], str]:
        """Those that run now, paused or not, or ran at a moment; the newest first, with the next page's cursor."""
        ...

    def move_tag(self, move: TagMove) -> TagMove | None:
        """Note what a tag points at; give the move, with what was before, when that is something else or nothing."""
        ...

    def tagged(self, repository: str, tag: str) -> str:
        """The digest that a tag was last seen to point at, or empty."""
        ...

    def tags(self, image_id: str) -> list[TagMove]:
        """The tags that point at an image now."""
        ...

    def keep_incident(self, incident: Incident) -> bool:
        """Keep an incident, or its change; whether it is new."""
        ...

    def incident(self, id_: str) -> Incident | None:
        """An incident by its id, or None."""
        ...

    def incidents(
        self, *, container: str = "", state: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Incident], str]:
        """The newest first, with the cursor of the next page."""
        ...

    def totals(self) -> dict[str, int]:
        """How many ``images``, ``containers`` (that run now) and ``hosts`` there are."""
        ...

    def forget(self, before: str) -> int:
        """Remove containers that ended, and incidents that were closed, before a moment; give how many.

        An image stays while a tag or a container that is kept names it; else it goes when it was assessed before.
        """
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...
