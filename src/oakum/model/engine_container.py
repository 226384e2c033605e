"""A container as its engine describes it, with where its files lie on the host."""

from msgspec import Struct

from oakum.model.fleet import Container


class Layers(Struct, frozen=True):
    """Where a container's overlay lies.

    Attributes:
        upper: the writable layer, or empty where it is no overlay.
        lower: the image's layers, the uppermost first.
    """

    upper: str = ""
    lower: tuple[str, ...] = ()


class EngineContainer(Struct, frozen=True):
    """A container of an engine.

    Attributes:
        container: as the fleet keeps it; its host is not filled in.
        layers: where its files lie.
    """

    container: Container
    layers: Layers = Layers()


class EngineEvent(Struct, frozen=True):
    """Something that an engine did with a container: its word for it, and the container's id."""

    action: str
    id: str
