"""What a Docker engine says of its own objects: the truth that requests are judged by; a sync port."""

from typing import Protocol

from oakum.model.workload import ContainerSpec


class DockerObjects(Protocol):
    """Looks up objects of the engine. Each raises ``TryLaterError`` when the engine does not answer."""

    def image_id(self, name: str) -> str:
        """The id of an image by any of its names; empty when there is none."""
        ...

    def container(self, name: str) -> ContainerSpec | None:
        """What a container was created as, with its image's id as digest; None when there is none."""
        ...

    def exec_privileged(self, id_: str) -> tuple[str, bool] | None:
        """The container of an exec instance, and whether it is privileged; None when there is none."""
        ...
