"""Manifests and configurations of images, as far as a scan needs them.

Sources: OCI image specification 1.1 (index, manifest, config), Docker image
specification 1.2 (manifest.json of ``docker save``).
"""

import hashlib
import os
import re
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import FIELD_CHARACTERS, LAYERS, MANIFEST_BYTES
from oakum.model.artifact import ImageConfig, Layer

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_INSTRUCTION: Final = 4 * FIELD_CHARACTERS
_LABELS: Final = 1_000
_PORTS: Final = 1_000
_WORDS: Final = 1_000

T = TypeVar("T")


class Platform(Struct, frozen=True):
    """For which machine an image is."""

    os: str = ""
    architecture: str = ""
    variant: str = ""


class Descriptor(Struct, frozen=True, rename="camel"):
    """A pointer to a blob."""

    digest: str
    size: int = -1
    media_type: str = ""
    platform: Platform | None = None
    annotations: dict[str, str] | None = None
    artifact_type: str = ""
    urls: list[str] | None = None


class Manifest(Struct, frozen=True, rename="camel"):
    """An image manifest, or an index of them."""

    schema_version: int = 2
    config: Descriptor | None = None
    layers: list[Descriptor] = []
    manifests: list[Descriptor] = []


class History(Struct, frozen=True):
    """One instruction of a build."""

    created_by: str = ""
    empty_layer: bool = False


class RootFs(Struct, frozen=True):
    """The unpacked layers that an image claims."""

    diff_ids: list[str] = []


class HealthCheck(Struct, frozen=True, rename="pascal"):
    """How Docker asks a container whether it is well; a test ``NONE`` takes the base image's away."""

    test: list[str] | None = None


class RunConfig(Struct, frozen=True, rename="pascal"):
    """How an image is to run."""

    user: str | None = None
    exposed_ports: dict[str, msgspec.Raw] | None = None
    labels: dict[str, str] | None = None
    entrypoint: list[str] | None = None
    cmd: list[str] | None = None
    env: list[str] | None = None
    volumes: dict[str, msgspec.Raw] | None = None
    healthcheck: HealthCheck | None = None


class Config(Struct, frozen=True):
    """An image's configuration."""

    created: str | None = None
    config: RunConfig | None = None

    os: str = ""
    architecture: str = ""
    variant: str = ""
    rootfs: RootFs = RootFs()
    history: list[History] | None = None

    @property
    def platform(self) -> str:
        """``linux/arm64/v8``."""
        return "/".join(part for part in (self.os, self.architecture, self.variant) if part)

    @property
    def run(self) -> ImageConfig:
        """How the image is to run, as much of it as an honest one holds."""
        said = self.config or RunConfig()
        labels = dict(list((said.labels or {}).items())[:_LABELS])
        return ImageConfig(
            user=_short(said.user or ""),
            ports=tuple(map(_short, list(said.exposed_ports or {})[:_PORTS])),
            labels={_short(name): _short(value) for name, value in labels.items()},
            entrypoint=tuple(map(_short, (said.entrypoint or [])[:_WORDS])),
            command=tuple(map(_short, (said.cmd or [])[:_WORDS])),
            created=_short(self.created or ""),
            environment=tuple(_short(one.partition("=")[0]) for one in (said.env or [])[:_WORDS]),
            volumes=tuple(map(_short, list(said.volumes or {})[:_WORDS])),
            health=bool(said.healthcheck and said.healthcheck.test and said.healthcheck.test[0] != "NONE"),
        )


def decode(data: bytes, shape: type[T], what: str) -> T:
    """Decode a JSON document of an image.

    Raises:
        DamagedError: it is no such document.
    """
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(f"{what} cannot be read: {error}") from None


def hex_of(digest: str) -> str:
    """The hexadecimal part of a digest, safe as a file name.

    Raises:
        DamagedError: it is no SHA-256 digest.
    """
    if not _DIGEST.fullmatch(digest):
        raise DamagedError(f"{digest[:100]!r} is no sha256 digest")
    return digest[7:]


def read_small(descriptor: int, offset: int, size: int, what: str) -> bytes:
    """A document that must fit in ``MANIFEST_BYTES``.

    Raises:
        LimitError: it is larger.
        DamagedError: the file ends before.
    """
    if not 0 <= size <= MANIFEST_BYTES:
        raise LimitError(f"{what} is larger than {MANIFEST_BYTES} bytes")
    data = os.pread(descriptor, size, offset)
    if len(data) < size:
        raise DamagedError(f"{what} ends early")
    return data


def verified(data: bytes, digest: str, what: str) -> bytes:
    """The data, when it has that digest.

    Raises:
        DamagedError: it has another.
    """
    found = hashlib.sha256(data).hexdigest()
    if found != hex_of(digest):
        raise DamagedError(f"{what} is not what its digest says: sha256:{found} instead of {digest}")
    return data


def layers_of(config: Config, stored: list[Descriptor]) -> tuple[Layer, ...]:
    """The layers with the instruction that made each, by the history of the configuration.

    Raises:
        LimitError: there are more than ``LAYERS``.
    """
    if len(stored) > LAYERS:
        raise LimitError(f"the image has more than {LAYERS} layers")
    made = [entry.created_by for entry in config.history or [] if not entry.empty_layer]
    made = made if len(made) == len(stored) else []  # a history that does not fit says nothing about any layer
    claimed = config.rootfs.diff_ids
    return tuple(
        Layer(
            digest=descriptor.digest,
            diff_id=claimed[at] if at < len(claimed) else "",
            instruction=made[at][:_INSTRUCTION] if made else "",
            size=descriptor.size,
            media_type=descriptor.media_type[:FIELD_CHARACTERS],
        )
        for at, descriptor in enumerate(stored)
    )


def _short(text: str) -> str:
    return text[:FIELD_CHARACTERS]
