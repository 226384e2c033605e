"""Which container a control group belongs to, by the names that container engines give."""

from typing import Final

_DIGITS: Final = 64
_HEX: Final = frozenset("0123456789abcdef")


def container_of(path: str) -> str:
    """The id of the container that a control group's path names, or nothing.

    Engines put the id of 64 digits alone (``/docker/<id>``, ``/kubepods/.../<id>``) or into a systemd scope
    (``docker-<id>.scope``, ``cri-containerd-<id>.scope``, ``libpod-<id>.scope``). What a container makes below its
    group belongs to it; the outermost id counts, for an engine in a container runs there.
    """
    for part in path.split("/"):
        name = part.removesuffix(".scope")
        name = name[-_DIGITS:]
        if len(name) == _DIGITS and set(name) <= _HEX:
            return name
    return ""
