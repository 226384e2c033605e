"""Version schemes: how an ecosystem orders its versions. One scheme is one file in ``model/versions``."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from oakum.kit.errors import UnreadableError


class VersionError(UnreadableError):
    """A text is no version of the scheme."""


class Scheme(Struct, frozen=True):
    """The order of an ecosystem's versions.

    Attributes:
        id: the file's name.
        ecosystems: the OSV ecosystems (without release) that use it.
        key: version -> a key whose order is the versions' order; raises ``VersionError``.
        version: counts changes of the order; keys in a database are used only with the same number.
        memcmp: keys are bytes whose byte order is the versions' order, so a database can compare them.
        title: first line of the docstring.
    """

    id: str
    ecosystems: tuple[str, ...]
    key: Callable[[str], Any]
    version: int
    memcmp: bool
    title: str

    def compare(self, a: str, b: str) -> int:
        """Order of two versions: -1, 0 or 1.

        Raises:
            VersionError: one of them is no version of this scheme.
        """
        left, right = self.key(a), self.key(b)
        return -1 if left < right else int(left != right)


def scheme(
    *, ecosystems: tuple[str, ...], version: int, memcmp: bool = False
) -> Callable[[Callable[[str], Any]], Scheme]:
    """Declare a version scheme; the decorated function gives the sort key of a version."""

    def declare(key: Callable[[str], Any]) -> Scheme:
        title = (key.__doc__ or "").strip().split("\n", 1)[0]
        return Scheme(key.__name__, ecosystems, key, version, memcmp, title)

    return declare
