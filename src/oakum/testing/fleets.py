"""A fleet of any size, made by rule: the same numbers give the same fleet."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from oakum.model.artifact import Artifact, ImageConfig, Layer
from oakum.model.finding import Finding
from oakum.model.fleet import Container, FleetImage
from oakum.model.inventory import Installed, Inventory
from oakum.ports.fleet import Fleet
from oakum.testing.inventory import BOOKWORM, installed
from oakum.testing.report import finding

_BATCH: Final = 1000
_NAMES: Final = 1500
_VERSIONS: Final = 7


class Sizes(Struct, frozen=True):
    """How large a fleet is."""

    images: int = 1000
    packages: int = 300
    containers: int = 20_000
    hosts: int = 100


def seed(fleet: Fleet, sizes: Sizes) -> None:
    """Fill an empty fleet: images with packages of which one in twenty has a finding, and running containers."""
    for number in range(sizes.images):
        image = image_of(number, sizes)
        fleet.keep_image(image, findings_of(image))
    batch: list[Container] = []
    for container in _containers(sizes):
        batch.append(container)
        if len(batch) == _BATCH:
            fleet.keep_containers(batch)
            batch = []
    fleet.keep_containers(batch)


def image_of(number: int, sizes: Sizes) -> FleetImage:
    """The image of a number: every one holds ``lib0``, in one of a few versions."""
    digest = f"{number:064x}"
    layers = (Layer("sha256:" + "0" * 64, "", "ADD rootfs.tar.gz /"), Layer(f"sha256:{digest}", "", "RUN install"))
    artifact = Artifact(
        f"registry:registry.example/team/app{number}:1",
        "registry",
        digest=f"sha256:{'d' * 32}{number:032x}",
        image_id=f"sha256:{digest}",
        names=(f"registry.example/team/app{number}:1",),
        layers=layers,
        config=ImageConfig(labels={"owner": f"team{number % 20}@shop.example"}),
    )
    packages = tuple(sorted((_package(number, at) for at in range(sizes.packages)), key=lambda one: one.purl))
    return FleetImage(artifact, Inventory(BOOKWORM, packages), "2026-11-25T10:00:00+00:00")


def findings_of(image: FleetImage) -> Iterator[Finding]:
    """One package in twenty has a finding."""
    for one in image.inventory.packages:
        number = int(one.package.name.removeprefix("lib"))
        if number % 20 == 0:
            yield finding(f"CVE-2026-{1000 + number}", one, fixed=(f"1.{_VERSIONS}.0-1",))


def _package(image: int, at: int) -> Installed:
    number = (image * 7 + at * 3) % _NAMES if at else 0
    return installed("deb", f"lib{number}", f"1.{(image + number) % _VERSIONS}.0-1", layer=at % 2)


def _containers(sizes: Sizes) -> Iterator[Container]:
    for number in range(sizes.containers):
        digest = f"{number % sizes.images:064x}"
        yield Container(
            id=f"{number * 2_654_435_761 % (1 << 64):016x}{number:048x}",
            host=f"host{number % sizes.hosts}",
            name=f"app-{number}",
            image=f"registry.example/team/app{number % sizes.images}:1",
            image_id=f"sha256:{digest}",
            created="2026-11-25T10:00:00+00:00",
            started="2026-11-25T10:00:01+00:00",
            state="running",
        )
