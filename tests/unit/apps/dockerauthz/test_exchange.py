import socket
import threading

import pytest

from oakum.apps.dockerauthz.exchange import serve_connection


def exchanged(*pieces: bytes) -> bytes:
    """What is answered to some bytes, until the other side closes."""
    ours, theirs = socket.socketpair()
    ours.settimeout(10)
    heard: list[tuple[str, bytes]] = []

    def handle(path: str, body: bytes) -> bytes:
        heard.append((path, body))
        return f"{path} {len(body)}".encode()

    thread = threading.Thread(target=serve_connection, args=(theirs, handle))
    thread.start()
    said = b""
    try:
        for piece in pieces:
            ours.sendall(piece)
        ours.shutdown(socket.SHUT_WR)
        while data := ours.recv(65536):
            said += data
    except OSError:
        pass
    thread.join(10)
    ours.close()
    assert not thread.is_alive()
    return said


def test_exchanges_follow_one_another_on_a_connection() -> None:
    said = exchanged(b"POST /a HTTP/1.1\r\nHost: x\r\nContent-", b"Length: 3\r\n\r\nab", b"cPOST /b HTTP/1.1\r\n\r\n")
    assert said.count(b"HTTP/1.1 200 OK") == 2
    assert said.endswith(b"/b 0")
    assert b"/a 3" in said


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET /a HTTP/1.1\r\n\r\n",
        b"POST /a\r\n\r\n",
        b"\r\n\r\n",
        b"POST /a HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /a HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST /a HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nab",
        b"x" * 100_000,
        b"POST /a HTTP/1.1\r\n" + b"a: b\r\n" * 20_000,
    ],
)
def test_garbage_ends_the_connection_without_an_answer(garbage: bytes) -> None:
    assert exchanged(garbage) == b""
