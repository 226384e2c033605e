"""The fleet's inventory: images, packages, findings, containers, hosts, tags, incidents; a sync port.

Findings are kept once per package version and advisory, never per image: the index from
package to images to containers answers what a new advisory affects.
"""

from collections.abc import Iterable
from typing import Protocol

from oakum.model.finding import Finding
from oakum.model.fleet import Affected, Container, FleetImage, Host, Incident, TagMove


class Fleet(Protocol):
    """Keeps what is there and what was. Every method that changes something is one transaction."""

    def keep_image(self, image: FleetImage, findings: Iterable[Finding]) -> None:
        """Keep an image with its packages and their findings; again, it takes the place of what was known."""
        ...

    def image(self, image_id: str) -> tuple[FleetImage, list[Finding]] | None:
        """An image by its id (any unambiguous beginning), a name or a manifest digest."""
        ...

    def images(self, *, after: str = "", limit: int = 100, search: str = "") -> tuple[list[FleetImage], str]:
        """By name, without inventories; the text is the cursor of the next page, empty at the end."""
        ...

    def packages(self) -> Iterable[tuple[str, str, str]]:
        """Type, name and version of every package of any image, each once: a new advisory is held against them."""
        ...

    def rejudge(self, findings: Iterable[Finding], removed: Iterable[tuple[str, str]]) -> list[Affected]:
        """Take in what is newly known of packages, and take out (purl, id); give what is newly affected."""
        ...

    def affected(self, *, package: str = "", finding: str = "") -> list[Affected]:
        """Images that have a package of this name, or this finding, with the containers that run now."""
        ...

    def keep_host(self, host: Host) -> None:
        """Keep a host, or its change."""
        ...

    def hosts(self) -> list[Host]:
        """Every host, by name."""
        ...

    def keep_container(self, container: Container) -> None:
        """Keep a container, or its change."""
        ...

    def container(self, id_: str) -> Container | None:
        """A container by any unambiguous beginning of its id, or its name; the newest of several."""
        ...

    def containers(
        self, *, at: str = "", image_id: str = "", host: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Container], str]:
        """Those that run now, or ran at a moment; the newest first, with the cursor of the next page."""
        ...

    def move_tag(self, move: TagMove) -> TagMove | None:
        """Note what a tag points at; give the move when it is another digest than before."""
        ...

    def tags(self, image_id: str) -> list[TagMove]:
        """The tags that point at an image now."""
        ...

    def keep_incident(self, incident: Incident) -> bool:
        """Keep an incident, or its change; whether it is new."""
        ...

    def incidents(
        self, *, container: str = "", state: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Incident], str]:
        """The newest first, with the cursor of the next page."""
        ...
