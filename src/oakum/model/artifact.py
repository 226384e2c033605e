"""The artifact that is judged: an image or a file system, and its layers."""

from typing import Final

from msgspec import Struct

OWNERS: Final = ("org.opencontainers.image.authors", "owner")
"""Labels that say whose an image is."""


class Layer(Struct, frozen=True):
    """One layer of an artifact; a file system that is no image has one without digest.

    Attributes:
        digest: of the bytes as they are stored, hashed by us; of the unpacked ones where nothing states the digest of
            the stored ones; empty for a plain file system.
        diff_id: of the unpacked tar, as the image's configuration claims it.
        instruction: the history entry that made it, or empty.
        size: stored size in bytes.
        media_type: as the manifest has it, or empty.
    """

    digest: str
    diff_id: str = ""
    instruction: str = ""
    size: int = 0
    media_type: str = ""


class ImageConfig(Struct, frozen=True):
    """What an image says of how it is to run (OCI image specification, ``config``).

    Attributes:
        user: as written: ``1000``, ``app:app``; empty means root.
        ports: exposed ports, ``8080/tcp``.
        labels: of the image.
        entrypoint: words.
        command: words.
        created: when it was built (ISO 8601), as the image claims, or empty.
        environment: names of environment variables; their values may be secrets, and are not kept.
        volumes: paths that are declared as volumes.
        health: it says how its health is checked.
    """

    user: str = ""
    ports: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    created: str = ""
    environment: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    health: bool = False


class Artifact(Struct, frozen=True):
    """What was opened.

    Attributes:
        reference: as the person named it, with its prefix: ``docker-archive:app.tar``.
        kind: id of the opener.
        digest: manifest digest (or image id where there is no manifest), or empty.
        image_id: digest of the configuration, or empty.
        names: repository tags that the artifact bears.
        platform: ``linux/amd64`` or empty.
        layers: from the base upward.
        config: how it is to run; None for what is no image.
    """

    reference: str
    kind: str
    digest: str = ""
    image_id: str = ""
    names: tuple[str, ...] = ()
    platform: str = ""
    layers: tuple[Layer, ...] = ()
    config: ImageConfig | None = None
