import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from oakum.apps.dockerauthz.exchange import serve_connection
from oakum.apps.dockerauthz.relay import Relay


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as made:
        made.bind(str(tmp_path / "s"))
        made.listen()
        yield made


def deciders(listener: socket.socket, *ends: bytes | None) -> threading.Thread:
    """Each connection ends so: with some bytes instead of an answer, or served."""

    def serve() -> None:
        for end in ends:
            connection, _ = listener.accept()
            if end is None:
                serve_connection(connection, lambda path, body: f"{path} {len(body)}".encode())
                continue
            with connection:
                connection.recv(65536)
                connection.sendall(end)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


@pytest.mark.parametrize("end", [b"", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"])
def test_what_a_dead_decider_did_not_answer_the_next_one_is_asked(listener: socket.socket, end: bytes) -> None:
    thread = deciders(listener, end, end, None)
    with closing(Relay(listener.getsockname())) as relay:
        assert relay("/a", b"x" * 500_000) == b"/a 500000"
        assert relay("/b", b"") == b"/b 0"
    thread.join()


def test_a_question_that_ends_every_decider_is_refused(listener: socket.socket) -> None:
    thread = deciders(listener, b"", b"", b"", None)
    with closing(Relay(listener.getsockname())) as relay:
        said = json.loads(relay("/a", b""))
        assert said["Allow"] is False
        assert "does not answer" in said["Msg"]
        assert relay("/a", b"") == b"/a 0"
    thread.join()


def test_without_a_socket_everything_is_refused(tmp_path: Path) -> None:
    assert json.loads(Relay(str(tmp_path / "none"))("/a", b""))["Allow"] is False
