"""Puts the advisory database into a registry, for machines that have no other source."""

import hashlib
from collections.abc import Callable

from oakum.intel import database_artifact as artifact
from oakum.kit.limits import MIB
from oakum.ports.database_places import DatabasePlace
from oakum.ports.registries import Repository

Progress = Callable[[str], None]


def push_database(place: DatabasePlace, repository: Repository, tag: str, progress: Progress) -> str:
    """Pack the database, put it into the repository under a tag; gives the digest of its manifest.

    The same database gives the same bytes, so that pushing it again moves nothing but the tag.

    Raises:
        ConfigurationError: there is no database, or it cannot be used.
        OakumError: the registry does not take it.
    """

    def told(size: int) -> Callable[[int], None]:
        return lambda sent: progress(f"sending {sent / MIB:.1f} of {size / MIB:.1f} MiB")

    progress("packing the database")
    with place.packed() as packed:
        config = artifact.config_of(packed.info, packed.file_digest, packed.file_size)
        manifest = artifact.manifest_of(config, packed.digest, packed.size, packed.info.built)
        repository.put_blob("sha256:" + hashlib.sha256(config).hexdigest(), len(config), config)
        repository.put_blob(packed.digest, packed.size, lambda: packed.open(told(packed.size)))
        return repository.put_manifest(manifest, artifact.MANIFEST, tag)[0]
