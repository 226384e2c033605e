"""Watch a registry: notice what its tags point at, and have assessed what is new."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import Final

from msgspec import Struct

from oakum.flows.assess_image import Keepers, assess_image
from oakum.flows.open_incident import open_incident
from oakum.kit.errors import OakumError, UsageError
from oakum.model.api import RegistryWatch
from oakum.model.fleet import Incident, TagMove
from oakum.ports.clock import Clock
from oakum.ports.registries import Catalog

REGISTRIES: Final = "registries"
"""The setting that names those that are watched."""
WOKEN: Final = "registry-woken"
"""The setting that says when a registry last said that something was pushed."""

_HOST: Final = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}", re.ASCII)
_SHORTEST: Final = 1
_LONGEST: Final = 86_400
_GLOBS: Final = 200
_HOST_CHARACTERS: Final = 255


class Looked(Struct):
    """What one look at a registry found.

    Attributes:
        tags: how many were looked at.
        assessed: names of images that were read.
        troubles: what failed, a sentence each.
    """

    tags: int = 0
    assessed: list[str] = []
    troubles: list[str] = []


def check_watch(watch: RegistryWatch) -> None:
    """Refuse a watch that cannot be meant.

    Raises:
        UsageError: the host, the globs or the time between two looks is off.
    """
    if not _HOST.fullmatch(watch.host):
        raise UsageError(f"{watch.host[:80]!r} is no registry", hint="as in registry.example:5000")
    if not _SHORTEST <= watch.every <= _LONGEST:
        raise UsageError(f"a registry is looked at every {_SHORTEST} to {_LONGEST} seconds")
    globs = (*watch.repositories, *watch.tags)
    if len(globs) > _GLOBS or not all(glob and len(glob) <= _HOST_CHARACTERS for glob in globs):
        raise UsageError(f"up to {_GLOBS} globs, none of them empty")


def look_at_registry(watch: RegistryWatch, catalog: Catalog, keepers: Keepers, clock: Clock) -> Looked:
    """Look at every tag once; one that moved to a digest that nobody assessed has its image read.

    The tag counts as moved only when its image was assessed, so that what fails is tried with the next look.

    Raises:
        OakumError: the registry cannot be asked at all.
    """
    looked = Looked()
    for repository in _repositories(watch, catalog):
        try:
            for tag in (one for one in catalog.tags(repository) if _fits(one, watch.tags)):
                _look_at_tag((watch.host, repository, tag), catalog, keepers, (clock, looked))
        except OakumError as error:
            looked.troubles.append(f"{watch.host}/{repository}: {error}")
    return looked


def _look_at_tag(place: tuple[str, str, str], catalog: Catalog, keepers: Keepers, now: tuple[Clock, Looked]) -> None:
    host, repository, tag = place
    clock, looked = now
    looked.tags += 1
    digest = catalog.digest(repository, tag)
    name = f"{host}/{repository}"
    if keepers.fleet.tagged(name, tag) == digest:
        return
    known = keepers.fleet.image(digest)
    if known is None or known[0].source != "server":
        try:
            assess_image(f"registry:{name}@{digest}", keepers, "registry", (f"{name}:{tag}",))
        except OakumError as error:
            looked.troubles.append(f"{name}:{tag} cannot be assessed: {error}")
            return
        looked.assessed.append(f"{name}:{tag}")
    move = TagMove(name, tag, digest, keepers.fleet.tagged(name, tag), clock.now().isoformat())
    if move.before:
        _say_moved(move, keepers)
    keepers.fleet.move_tag(move)


def _say_moved(moved: TagMove, keepers: Keepers) -> None:
    """A tag that means something else than before is worth a look: people deploy by tags.

    It is said before the move is kept: were the process ended between the two, it would be said again, which the
    incident's id, made of both images and of when the tag came to the first, makes the same.
    """
    name = f"{moved.repository}:{moved.tag}"
    known = keepers.fleet.image(moved.digest)
    since = _since(moved, keepers)
    incident = Incident(
        id="tag-" + sha256(f"{name} {moved.before} {moved.digest} {since}".encode()).hexdigest()[:32],
        kind="tag_moved",
        title=f"{name} points at another image",
        at=moved.at,
        image_id=known[0].artifact.image_id if known else "",
        cause=f"{name} pointed at {moved.before} and points at {moved.digest}",
    )
    open_incident(incident, keepers.fleet, keepers.ledger, "system", {"tag": name, "digest": moved.digest})


def _since(moved: TagMove, keepers: Keepers) -> str:
    """When the tag came to point at what it pointed at before."""
    had = keepers.fleet.image(moved.before)
    moves = keepers.fleet.tags(had[0].artifact.image_id) if had else []
    return next((one.at for one in moves if (one.repository, one.tag) == (moved.repository, moved.tag)), "")


def _repositories(watch: RegistryWatch, catalog: Catalog) -> Iterator[str]:
    """Those that are named without a glob need no catalog, which many registries do not give."""
    if watch.repositories and not any(set(glob) & set("*?[") for glob in watch.repositories):
        yield from watch.repositories
        return
    yield from (name for name in catalog.repositories() if _fits(name, watch.repositories))


def _fits(name: str, globs: tuple[str, ...]) -> bool:
    return not globs or any(fnmatchcase(name, glob) for glob in globs)
