"""A container engine, as an agent asks it about its containers; a sync port."""

from collections.abc import Iterator
from typing import Protocol

from oakum.model.engine_container import EngineContainer, EngineEvent


class ContainerEngine(Protocol):
    """Every method raises ``TryLaterError`` where the engine does not answer."""

    def about(self) -> str:
        """Name and version: ``docker 20.10.24``."""
        ...

    def ids(self) -> list[str]:
        """The ids of all containers, also of those that do not run."""
        ...

    def inspect(self, id_: str) -> EngineContainer | None:
        """One container; None when there is none."""
        ...

    def events(self) -> Iterator[EngineEvent]:
        """What happens to containers from now on, until the engine ends the connection."""
        ...

    def pause(self, id_: str) -> bool:
        """Stop all processes of a container where they are; whether it is so now."""
        ...
