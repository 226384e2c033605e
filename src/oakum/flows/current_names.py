"""The names that an image bears now: a tag that was seen to point elsewhere since is none of them."""

from oakum.model.artifact import Artifact
from oakum.ports.fleet import Fleet


def current_names(fleet: Fleet, artifact: Artifact) -> tuple[str, ...]:
    """Names of an image without tags that moved on."""
    return tuple(name for name in artifact.names if _is_current(fleet, name, artifact.digest))


def _is_current(fleet: Fleet, name: str, digest: str) -> bool:
    repository, colon, tag = name.rpartition(":")
    if not colon or "/" in tag or "@" in name:
        return True
    seen = fleet.tagged(repository, tag)
    return seen in ("", digest)
