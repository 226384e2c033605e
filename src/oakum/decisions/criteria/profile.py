"""The criterion ``profile``."""

from typing import Literal

from msgspec import Struct

from oakum.decisions.asked import Globs
from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.decisions.globs import fits
from oakum.model.workload import ContainerSpec


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """``kind``: ``seccomp``, ``apparmor``, ``selinux``; ``matches``: globs of what is asked for, or ``nothing``."""

    kind: Literal["seccomp", "apparmor", "selinux"]
    matches: Globs | Literal["nothing"]


@criterion(level=CONTAINER, asked=Profile, version=1)
def profile(asked: Profile) -> ContainerTest:
    """A container asks for a security profile like this, or for ``nothing``.

    ``unconfined``, ``runtime/default``, ``localhost``, a name.
    """
    wanted = None if asked.matches == "nothing" else fits(asked.matches)

    def test(container: ContainerSpec) -> bool | None:
        if container.profiles is None:
            return None
        said = container.profiles.get(asked.kind, "")
        return not said if wanted is None else bool(said) and wanted(said)

    return test
