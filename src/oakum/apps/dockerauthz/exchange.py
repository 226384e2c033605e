"""HTTP as Docker's plug-in client speaks it: one small exchange after another on a connection.

The standard library's server takes half a millisecond for the headers alone, twice for each
call of the engine; this reads the length and nothing else.
"""

import socket
from collections.abc import Callable
from typing import Final

_HEAD_BYTES: Final = 64 * 1024
_BODY_BYTES: Final = 16 << 20
"""A mebibyte of request in base64, the certificates of the client, and room."""

_PIECE: Final = 1 << 16

Handle = Callable[[str, bytes], bytes]
"""Path and body -> JSON."""


class RefusedError(Exception):
    """What was sent is nothing that the engine would send."""


def serve_connection(connection: socket.socket, handle: Handle) -> None:
    """Answer exchanges until the other side closes; garbage ends the connection."""
    rest = b""
    with connection:
        while True:
            try:
                head, rest = _head(connection, rest)
                if not head:
                    return
                path, length = _request(head)
                body, rest = _body(connection, rest, length)
                connection.sendall(_answer(handle(path, body)))
            except (RefusedError, OSError, ValueError):
                return


def ask(connection: socket.socket, path: str, body: bytes) -> bytes:
    """The answer to one exchange.

    Raises:
        OSError: the other side is gone, or takes too long.
        RefusedError: it ended before it had answered.
    """
    head = f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode("latin-1") + body)
    answer, rest = _head(connection, b"")
    if not answer:
        raise RefusedError
    return _body(connection, rest, _length(answer.decode("latin-1").split("\r\n")[1:]))[0]


def _head(connection: socket.socket, data: bytes) -> tuple[bytes, bytes]:
    """The bytes up to the empty line, and what came after them; nothing at the end of the connection."""
    while b"\r\n\r\n" not in data:
        if len(data) > _HEAD_BYTES:
            raise RefusedError
        piece = connection.recv(_PIECE)
        if not piece:
            return b"", b""
        data += piece
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def _request(head: bytes) -> tuple[str, int]:
    """Path and length; Docker's client always says how long its body is."""
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or words[0] != "POST":  # noqa: PLR2004 - verb, path, version
        raise RefusedError
    return words[1], _length(lines[1:])


def _length(lines: list[str]) -> int:
    lengths = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("content-length:")]
    if len(lengths) > 1 or not all(length.isdecimal() and length.isascii() for length in lengths):
        raise RefusedError
    length = int(lengths[0]) if lengths else 0
    if length > _BODY_BYTES or any(line.lower().startswith("transfer-encoding:") for line in lines):
        raise RefusedError
    return length


def _body(connection: socket.socket, rest: bytes, length: int) -> tuple[bytes, bytes]:
    pieces, there = [rest], len(rest)
    while there < length:
        piece = connection.recv(_PIECE)
        if not piece:
            raise RefusedError
        pieces.append(piece)
        there += len(piece)
    data = b"".join(pieces)
    return data[:length], data[length:]


def _answer(document: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(document)}\r\n\r\n"
    return head.encode() + document
