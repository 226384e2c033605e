"""Find the target that a reference means, wherever it lies, and name its exact bytes."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from msgspec import Struct, structs

from oakum.kit.errors import OakumError
from oakum.model.reading import Target
from oakum.ports.engines import Engine, HeldImage
from oakum.ports.facts import Facts
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
    """

    target: Target
    name: str
    source: Registry | None = None


class FindingPorts(Protocol):
    """What finding a target needs of the world."""

    @property
    def parser(self) -> Parser:
        """Reads it afterwards."""
        ...

    @property
    def facts(self) -> Facts:
        """What is known already need not be fetched."""
        ...

    @property
    def engine(self) -> Callable[[], Engine]:
        """The local engine."""
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
        meant = structs.replace(meant, platform=platform)
        yield Found(meant, identity(meant))
        return
    if isinstance(meant, EngineImage):
        held = _held(meant, reference, ports)
        if held is not None:
            with _in_engine(meant, held, ports) as one:
                yield one
            return
    image = meant.otherwise if isinstance(meant, EngineImage) else meant
    if image is not None:  # else the engine's answer was the last word
        with _in_registry(image, ports, platform) as one:
            yield one


@contextmanager
def _in_engine(meant: EngineImage, image: tuple[Engine, HeldImage], ports: FindingPorts) -> Iterator[Found]:
    engine, held = image
    name = f"engine\n{held.engine}\n{held.id}"
    target = Target(meant.reference, "docker_archive", meant.name)
    if ports.facts.artifact(name) is None:
        ports.progress(f"fetching {meant.name} from the engine ({held.size >> 20} MiB unpacked)")
        target = structs.replace(target, descriptor=engine.save(held))
    try:
        yield Found(target, name)
    finally:
        if target.descriptor >= 0:
            os.close(target.descriptor)


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


def _held(meant: EngineImage, reference: str, ports: FindingPorts) -> tuple[Engine, HeldImage] | None:
    """The engine's image; a name without a prefix may as well be in a registry, or a path that was mistyped."""
    engine = ports.engine()
    try:
        return engine, engine.image(meant.name)
    except OakumError as error:
        if reference == meant.reference:
            raise
        if meant.otherwise is not None:
            ports.say(f"{error}: taking it for {meant.otherwise.reference}")
            return None
        raise type(error)(f"no file or folder is named {reference!r}, and {error}", error.hint) from None
