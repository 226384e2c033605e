"""An image's archive as a file with members at offsets."""

import os
import posixpath
from collections.abc import Mapping

from oakum.kit.archive.tar_header import clean
from oakum.kit.archive.tar_index import Member, members
from oakum.kit.errors import DamagedError, UnreadableError
from oakum.model.reading import Target

_LINKS = 8


def indexed(target: Target) -> tuple[int, dict[str, Member]]:
    """A descriptor of the archive, and where its members lie.

    Raises:
        UnreadableError: it cannot be opened, or is no tar.
    """
    descriptor = opened(target)
    try:
        return descriptor, members(descriptor)
    except DamagedError as error:
        raise UnreadableError(f"{target.path}: {error}") from None


def opened(target: Target) -> int:
    """A descriptor of the archive; the process ends with it open.

    Raises:
        UnreadableError: it cannot be opened.
    """
    if target.descriptor >= 0:
        return target.descriptor
    try:
        return os.open(target.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise UnreadableError(f"{target.path}: {error.strerror}") from None


def followed(found: Mapping[str, Member], name: str) -> Member | None:
    """A member, through the links by which old engines stored equal layers once."""
    for _ in range(_LINKS):
        member = found.get(name)
        if member is None or not member.link:
            return member
        name = clean(posixpath.join("./" + posixpath.dirname(name), member.link))
    return None
