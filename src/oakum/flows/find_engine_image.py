"""Find an image among the engines of this machine: the one that was named, else those that people expect."""

from collections.abc import Callable

from msgspec import Struct, structs

from oakum.kit.errors import OakumError
from oakum.ports.engines import Engine, HeldImage
from oakum.sources.reference import EngineImage

Engines = Callable[[str], Engine]
"""Gives an engine by its prefix."""

_GUESSED = ("docker", "podman")
"""Engines that are asked for a name without a prefix, in this order."""


class Holding(Struct, frozen=True):
    """An image that an engine holds, and how it is called with its prefix."""

    meant: EngineImage
    engine: Engine
    held: HeldImage


def find_engine_image(meant: EngineImage, typed: str, engines: Engines, say: Callable[[str], None]) -> Holding | None:
    """The image, or None where a registry is to be asked instead.

    Args:
        meant: what was understood.
        typed: what the person typed; a name without a prefix may be in any engine, in a registry, or a mistyped path.
        engines: gives each engine.
        say: told what is taken for meant.

    Raises:
        OakumError: no engine has it, and no registry can.
    """
    if typed == meant.reference:
        engine = engines(meant.engine)
        return Holding(meant, engine, engine.image(meant.name))
    errors: list[OakumError] = []
    for prefix in _GUESSED:
        engine = engines(prefix)
        if errors and not engine.here():
            continue  # the first engine is the one that people have; its absence is said, that of others is not
        try:
            held = engine.image(meant.name)
        except OakumError as error:
            errors.append(error)
            continue
        named = structs.replace(meant, reference=f"{prefix}:{meant.name}", engine=prefix)
        say(f"{typed} is taken for {named.reference}")
        return Holding(named, engine, held)
    why = "; ".join(map(str, errors))
    if meant.otherwise is not None:
        say(f"{why}: taking it for {meant.otherwise.reference}")
        return None
    raise type(errors[0])(f"no file or folder is named {typed!r}, and {why}", errors[0].hint)
