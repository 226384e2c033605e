"""The criterion ``host_path``."""

from posixpath import normpath

from msgspec import Struct

from oakum.decisions.asked import Globs
from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.decisions.globs import fits
from oakum.model.workload import ContainerSpec


class Paths(Struct, frozen=True, forbid_unknown_fields=True):
    """``matches``: globs of paths of the host; ``writable``: only those that the container may change."""

    matches: Globs
    writable: bool = False


@criterion(level=CONTAINER, asked=Paths, version=1)
def host_path(asked: Paths) -> ContainerTest:
    """A container sees one of these paths of its host, or a folder that one of them lies in."""
    wanted = fits(asked.matches)
    plain = [glob for glob in asked.matches if not set(glob) & set("*?")]

    def test(container: ContainerSpec) -> bool | None:
        if container.host_paths is None:
            return None
        seen = [one for one in container.host_paths if one.writable or not asked.writable]
        return any(wanted(path) or _holds(path, plain) for path in (normpath(one.path) for one in seen))

    return test


def _holds(folder: str, paths: list[str]) -> bool:
    """Whether a path lies in the folder: who mounts ``/var/run`` has ``/var/run/docker.sock``."""
    return any(path.startswith(folder.rstrip("/") + "/") for path in paths)
