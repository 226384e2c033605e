"""Takes an advisory database out of a registry into its place; whatever fails, the old one stays."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.intel.database_artifact import Config, Part, read_config, read_manifest
from oakum.kit.errors import DamagedError
from oakum.kit.limits import MIB
from oakum.model.advisory import DatabaseInfo
from oakum.ports.clock import Clock
from oakum.ports.database_places import DatabasePlace, Stated
from oakum.ports.registries import Repository

Progress = Callable[[str], None]

_CLOCKS_DIFFER: Final = timedelta(days=1)


class Wanted(Struct, frozen=True):
    """Which database is asked for.

    Attributes:
        name: for people.
        tag: what the registry calls it.
        digest: of the manifest, where exactly one is meant, or empty.
    """

    name: str
    tag: str
    digest: str = ""


class Pulled(Struct, frozen=True):
    """What came of it.

    Attributes:
        info: the database as it is now.
        changed: whether another one took its place.
        digest: of the manifest.
        before: what was there, if anything.
    """

    info: DatabaseInfo
    changed: bool
    digest: str
    before: DatabaseInfo | None = None


def pull_database(
    wanted: Wanted, repository: Repository, place: DatabasePlace, clock: Clock, progress: Progress
) -> Pulled:
    """Fetch a database unless the very same file is in place already.

    Raises:
        UnreadableError: there is none under that name, or it is not what its digests say.
        ConfigurationError: its form is another; or a newer program made the one in place.
        OakumError: the registry cannot be asked, or the place cannot be written.
    """
    before = place.about()
    digest = wanted.digest or repository.resolve(wanted.tag)
    part, layer = read_manifest(repository.document(digest, manifest=True), wanted.name)
    config = read_config(_described(repository, part), wanted.name)
    _check_time(config, clock, wanted.name)
    changed = before is None or place.file_digest() != config.file_digest
    info = _fetch(repository, layer, config, place, progress) if before is None or changed else before
    if config.current > info.current:
        info = replace(info, checked=config.current)
        place.note(info, wanted.name)
    return Pulled(info, changed, digest, before)


def _described(repository: Repository, part: Part) -> bytes:
    data = repository.document(part.digest, manifest=False)
    if len(data) != part.size or part.digest != "sha256:" + hashlib.sha256(data).hexdigest():
        raise DamagedError(f"{part.digest} has {len(data)} bytes, not the {part.size} that it must have")
    return data


def _check_time(config: Config, clock: Clock, name: str) -> None:
    """Refuse data from tomorrow: they would never count as old.

    Raises:
        DamagedError: they are.
    """
    try:
        latest = max(datetime.fromisoformat(text) for text in (config.built, config.current))
    except ValueError:
        raise DamagedError(f"{name}: the description of the database has no times") from None
    if latest > clock.now() + _CLOCKS_DIFFER:
        raise DamagedError(
            f"{name} says that it was made at {latest}, which is yet to come", hint="is the clock right?"
        )


def _fetch(
    repository: Repository, layer: Part, config: Config, place: DatabasePlace, progress: Progress
) -> DatabaseInfo:
    stated = Stated(config.digest, config.built, config.file_digest, config.file_size)
    came = 0
    with place.arrival(stated) as arrival:

        def take(piece: bytes) -> None:
            nonlocal came
            arrival.take(piece)
            came += len(piece)
            progress(f"fetching {came / MIB:.1f} of {layer.size / MIB:.1f} MiB")

        repository.fetch(layer.digest, layer.size, take)
        progress("checking the database")
        return arrival.finish()
