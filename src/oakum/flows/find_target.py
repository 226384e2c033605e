"""Find the target that a reference means, wherever it lies, and name its exact bytes."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from msgspec import Struct, structs

from oakum.flows.find_engine_image import Engines, Holding, find_engine_image
from oakum.model.reading import Target
from oakum.ports.parsers import Parser
from oakum.ports.registries import Registry
from oakum.sources.identity import identity
from oakum.sources.image_name import RegistryImage
from oakum.sources.reference import EngineImage, find

Progress = Callable[[str], None]
"""Tells a person something."""


class Found(Struct, frozen=True):
    """A target that was found.

    Attributes:
        target: what the parser opens.
        name: of its exact bytes, or empty where they cannot be told.
        source: what downloads its parts, where it lies in a registry.
        fetch: brings the target here, where it lies in an engine; called when not all is known of it.
    """

    target: Target
    name: str
    source: Registry | None = None
    fetch: Callable[[], Target] | None = None


class FindingPorts(Protocol):
    """What finding a target needs of the world."""

    @property
    def parser(self) -> Parser:
        """Reads it afterwards."""
        ...

    @property
    def engine(self) -> Engines:
        """An engine of this machine by its prefix."""
        ...

    @property
    def registry(self) -> Callable[[RegistryImage], Registry]:
        """An image of a registry."""
        ...

    @property
    def progress(self) -> Progress:
        """Told what is done at the moment."""
        ...

    @property
    def say(self) -> Progress:
        """Told what stays: what was taken for meant."""
        ...


@contextmanager
def found(reference: str, ports: FindingPorts, platform: str = "") -> Iterator[Found]:
    """The target that is meant, as long as it is needed.

    Raises:
        OakumError: it cannot be found.
    """
    meant = find(reference)
    if isinstance(meant, Target):
        if meant.reference != reference and meant.opener != "tar":  # a tar is known once it is open
            ports.say(f"{reference} is taken for {meant.reference}")
        meant = structs.replace(meant, platform=platform)
        yield Found(meant, identity(meant))
        return
    if isinstance(meant, EngineImage):
        holding = find_engine_image(meant, reference, ports.engine, ports.say)
        if holding is not None:
            with _in_engine(holding, ports, platform) as one:
                yield one
            return
    image = meant.otherwise if isinstance(meant, EngineImage) else meant
    if image is not None:  # else the engine's answer was the last word
        with _in_registry(image, ports, platform) as one:
            yield one


@contextmanager
def _in_engine(holding: Holding, ports: FindingPorts, platform: str) -> Iterator[Found]:
    meant, held = holding.meant, holding.held
    name = f"engine\n{held.engine}\n{held.id}" + (f"\n{platform}" if platform else "")
    opener = "tar" if platform and held.form == "docker_archive" else held.form  # an index knows several platforms
    target = Target(meant.reference, opener, meant.name, platform=platform)
    title = holding.engine.title
    unpacked = f" ({held.size >> 20} MiB unpacked)" if held.size else ""
    saved: list[int] = []

    def told(size: int) -> None:
        ports.progress(f"fetching {meant.name} from {title}: {size >> 20} MiB{unpacked}")

    def fetch() -> Target:
        ports.progress(f"fetching {meant.name} from {title}{unpacked}")
        saved.append(holding.engine.save(held, platform, told))
        return structs.replace(target, descriptor=saved[-1])

    try:
        yield Found(target, name, fetch=fetch)
    finally:
        for descriptor in saved:
            os.close(descriptor)


@contextmanager
def _in_registry(image: RegistryImage, ports: FindingPorts, platform: str) -> Iterator[Found]:
    """Ask what the name means; what is not known of it comes while it is read."""
    ports.progress(f"asking {image.host} for {image.repository}")
    registry = ports.registry(image)
    try:
        digest = registry.resolve(ports.parser.take_feeding())
        target = Target(image.reference, "registry", image.name, wanted=digest, platform=platform)
        yield Found(target, f"registry\n{platform}\n{digest}", registry)
    finally:
        registry.close()
