"""Unpack a target that is packed as a whole: once, into the unnamed file that the parser was given for it."""

import os
from collections.abc import Callable

from msgspec import structs

from oakum.kit.archive.blob import Blob
from oakum.kit.archive.unpack import compression
from oakum.kit.archive.unpack_file import unpack_file
from oakum.kit.errors import UnreadableError
from oakum.model.reading import Request, Target, Unpacking


def unpacked_target(request: Request, say: Callable[[Unpacking], None]) -> Target:
    """The target as it is, or with the descriptor of what it unpacks to.

    Raises:
        OakumError: it cannot be opened or unpacked, or becomes too large.
    """
    target = request.target
    descriptor = target.descriptor
    try:
        if descriptor < 0:
            descriptor = os.open(target.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        packed = bool(compression(os.pread(descriptor, 4, 0)))
    except OSError as error:
        raise UnreadableError(f"{target.path}: {error.strerror}") from None
    if not packed or request.room < 0:
        return structs.replace(target, descriptor=descriptor)
    blob = Blob(descriptor, 0, os.fstat(descriptor).st_size)
    unpack_file(blob, request.room, lambda size: say(Unpacking(size)))
    return structs.replace(target, descriptor=request.room)
