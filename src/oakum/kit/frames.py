"""Messages over a pipe: four bytes of length, then that many bytes."""

import os
from _collections_abc import Callable  # collections takes longer than all else on this way

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import MESSAGE_BYTES

_HEAD = 4


def _at_once() -> None:
    return


def send(descriptor: int, data: bytes) -> None:
    """Write one message whole.

    Raises:
        LimitError: it is larger than ``MESSAGE_BYTES``.
        BrokenPipeError: nobody reads any more.
    """
    if len(data) > MESSAGE_BYTES:
        raise LimitError(f"a message of {len(data)} bytes is too large")
    view = memoryview(len(data).to_bytes(_HEAD, "big") + data)
    while view:
        view = view[os.write(descriptor, view) :]


def receive(descriptor: int, until_readable: Callable[[], object] = _at_once) -> bytes | None:
    """Read one message whole, or None at the end.

    Args:
        descriptor: of the pipe.
        until_readable: waits until something can be read; what it raises ends the reading, so that
            nobody who stops in the middle of a message holds the reader.

    Raises:
        DamagedError: the pipe ends inside a message.
        LimitError: the message says it is larger than ``MESSAGE_BYTES``.
    """
    head = _exactly(descriptor, _HEAD, until_readable)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if length > MESSAGE_BYTES:
        raise LimitError(f"a message of {length} bytes is too large")
    data = _exactly(descriptor, length, until_readable)
    if len(head) < _HEAD or len(data) < length:
        raise DamagedError("the pipe ended inside a message")
    return data


def _exactly(descriptor: int, length: int, until_readable: Callable[[], object]) -> bytes:
    parts = []
    while length:
        until_readable()
        part = os.read(descriptor, min(length, 1 << 20))
        if not part:
            break
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
