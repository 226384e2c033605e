"""An advisory database as an artifact of a registry: its manifest, and what is read of one that somebody else wrote.

The form is that of the OCI image specification 1.1 ("Guidelines for Artifact Usage"): ``artifactType``, a
configuration that says what the database is, and one layer, the database packed with zstandard. The
configuration has a media type of its own, which is what registries older than ``artifactType`` go by.
"""

import hashlib
import re
from typing import Final

import msgspec
from msgspec import Struct

from oakum.kit.errors import ConfigurationError, DamagedError, LimitError, UnreadableError
from oakum.kit.limits import DATABASE_BYTES, DATABASE_PACKED_BYTES, MANIFEST_BYTES
from oakum.model.advisory import DatabaseInfo
from oakum.ports.advisory_writer import SCHEMA

MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
ARTIFACT: Final = "application/vnd.oakum.advisories.v1"
CONFIG: Final = "application/vnd.oakum.advisories.v1.config+json"
LAYER: Final = "application/vnd.oakum.advisories.v1.sqlite+zstd"

_CREATED: Final = "org.opencontainers.image.created"
_TITLE: Final = "org.opencontainers.image.title"
_FILE: Final = "advisories.db.zst"
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|\+00:00)")
_SHOWN: Final = 100


class Part(Struct, frozen=True, rename="camel", omit_defaults=True):
    """What points to a blob.

    Attributes:
        media_type: of its bytes.
        digest: of its bytes.
        size: their number.
        annotations: for people and other tools.
    """

    media_type: str
    digest: str
    size: int
    annotations: dict[str, str] = {}


class Manifest(Struct, frozen=True, rename="camel"):
    """The manifest of an artifact."""

    schema_version: int
    config: Part
    layers: tuple[Part, ...]
    media_type: str = MANIFEST
    artifact_type: str = ""
    annotations: dict[str, str] = {}


class Config(Struct, frozen=True, rename="camel"):
    """What a database is, without the database.

    Attributes:
        digest: its identity.
        built: when.
        current: the last time at which it was what its sources have.
        schema: its form.
        ecosystems: records of each.
        file_digest: of the unpacked file.
        file_size: of the unpacked file.
    """

    digest: str
    built: str
    current: str
    schema: int
    ecosystems: dict[str, int]
    file_digest: str
    file_size: int


def config_of(info: DatabaseInfo, file_digest: str, file_size: int) -> bytes:
    """The configuration of a database; the same one has the same bytes."""
    ecosystems = {name: data.records for name, data in sorted(info.ecosystems.items())}
    config = Config(info.digest, info.built, info.current, info.schema, ecosystems, file_digest, file_size)
    return msgspec.json.encode(config)


def manifest_of(config: bytes, packed_digest: str, packed_size: int, created: str) -> bytes:
    """The manifest of a packed database."""
    layer = Part(LAYER, packed_digest, packed_size, {_TITLE: _FILE})
    about = {_CREATED: created, _TITLE: "Oakum advisory database"}
    described = Part(CONFIG, "sha256:" + hashlib.sha256(config).hexdigest(), len(config))
    return msgspec.json.encode(Manifest(2, described, (layer,), artifact_type=ARTIFACT, annotations=about))


def read_manifest(data: bytes, name: str) -> tuple[Part, Part]:
    """What points to the configuration and to the packed database.

    Raises:
        UnreadableError: it is something else than an advisory database.
        LimitError: it states a size that no database has.
    """
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _foreign(name, "") from None
    kind = manifest.artifact_type or manifest.config.media_type
    if kind not in {ARTIFACT, CONFIG} or manifest.config.media_type != CONFIG:
        raise _foreign(name, kind or manifest.media_type)
    if [layer.media_type for layer in manifest.layers] != [LAYER]:
        raise _foreign(name, f"{ARTIFACT} with other layers than one {LAYER}")
    config, (layer,) = manifest.config, manifest.layers
    _bound(config, MANIFEST_BYTES)
    _bound(layer, DATABASE_PACKED_BYTES)
    return config, layer


def read_config(data: bytes, name: str) -> Config:
    """What the database is said to be.

    Raises:
        DamagedError: it does not say that.
        ConfigurationError: its form is not the one that this program reads.
        LimitError: it states a size that no database has.
    """
    try:
        config = msgspec.json.decode(data, type=Config)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(f"{name}: the description of the database is damaged: {error}") from None
    if config.schema != SCHEMA:
        newer = config.schema > SCHEMA
        what = f"{name} was made by {'a newer' if newer else 'an older'} Oakum (form {config.schema}, here {SCHEMA})"
        raise ConfigurationError(what, hint="use the newer Oakum" if newer else "push it again from a newer Oakum")
    if not (_DIGEST.fullmatch(config.digest) and _DIGEST.fullmatch(config.file_digest)):
        raise DamagedError(f"{name}: the description of the database has no digests")
    if not (_TIME.fullmatch(config.built) and _TIME.fullmatch(config.current)):
        raise DamagedError(f"{name}: the description of the database has no times")
    _bound(Part(LAYER, config.file_digest, config.file_size), DATABASE_BYTES)
    return config


def _bound(part: Part, most: int) -> None:
    if not _DIGEST.fullmatch(part.digest) or part.size < 1:
        raise DamagedError(f"{part.digest[:_SHOWN]!r} with {part.size} bytes points to nothing")
    if part.size > most:
        raise LimitError(f"{part.digest} is said to have {part.size} bytes, more than the {most} that are read")


def _foreign(name: str, kind: str) -> UnreadableError:
    found = f" but {kind[:_SHOWN]!r}" if kind else ""
    return UnreadableError(f"{name} is no advisory database of Oakum{found}", hint="`oakum db push` makes one")
