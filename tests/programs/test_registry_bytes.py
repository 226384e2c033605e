"""What answers on a registry's port and speaks no HTTP, or a hostile one: a clear line, whatever comes."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

OK = b"HTTP/1.1 200 OK\r\n"
ANSWERS = {
    "nothing": b"",
    "garbage": bytes(range(256)) * 40,
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a long line": b"HTTP/1.1 200 " + b"x" * 200_000,
    "many headers": OK + b"".join(b"X-%d: y\r\n" % number for number in range(500)) + b"\r\n",
    "a header without an end": OK + b"X: " + b"y" * 200_000,
    "a length that is none": OK + b"Content-Length: -5\r\n\r\nbody",
    "a huge length": OK + b"Content-Length: 999999999999999999999999\r\n\r\nbody",
    "chunks that are none": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nbody",
    "a huge chunk": OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nbody",
    "a status that is none": b"HTTP/1.1 999999 No\r\n\r\n",
    "only interim answers": b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    "a challenge of nonsense": b"HTTP/1.1 401 No\r\nWWW-Authenticate: " + b'Bearer realm="' * 500 + b"\r\n\r\n",
    "a digest with a line in it": OK + b"Docker-Content-Digest: sha256:\r\n " + b"0" * 64 + b"\r\n\r\n",
    "a wait without an end": b"HTTP/1.1 429 No\r\nRetry-After: " + b"9" * 5000 + b"\r\nContent-Length: 0\r\n\r\n",
}


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    answer = b""


class _Answers(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        try:
            self.request.recv(65536)
            self.request.sendall(self.server.answer)
        except OSError:
            return


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Answers) as one:
        threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
        yield one
        one.shutdown()


@pytest.mark.parametrize("name", ANSWERS)
def test_whatever_answers_the_scan_ends_with_one_line(server: _Server, oakum: Callable[..., Any], name: str) -> None:
    server.answer = ANSWERS[name]
    host = f"127.0.0.1:{server.server_address[1]}"
    ended = oakum("sbom", f"registry:{host}/app:1", "--plain-http", host)
    assert ended.code in {65, 69, 77}, ended.err
    assert ended.out == b""
    assert ended.err.startswith("oakum: ")
    assert "has ended" not in ended.err
    assert len(ended.err.splitlines()) <= 2
