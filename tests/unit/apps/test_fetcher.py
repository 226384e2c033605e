import http.server
import os
import socketserver
import tempfile
import threading
from collections.abc import Iterator

import pytest

from oakum.apps.fetcher import main

BODY = b"image" * 1000


class _Engine(http.server.BaseHTTPRequestHandler):
    """Answers one path whole, one cut off, and refuses the rest."""

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Content-Length", str(len(BODY) + 5 * (self.path == "/cut")))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named as the standard library does
        del format, args

    def address_string(self) -> str:
        return "local"


@pytest.fixture
def engine() -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # short: a socket's path has a limit
        path = f"{folder}/s"
        with socketserver.UnixStreamServer(path, _Engine) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            yield f"unix://{path}"
            server.shutdown()
            thread.join()


def test_the_body_is_copied_whole(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    with tempfile.TemporaryFile() as file:
        assert main([engine, "", "/image", str(file.fileno())]) == 0
        file.seek(0)
        assert file.read() == BODY
    assert capsys.readouterr().out == ""


def test_what_goes_wrong_is_one_line(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    for words, reason in (
        ([engine, "", "/none", "1"], "answers 404"),
        ([engine, "", "/image", str(full)], "does not fit into /dev (No space left on device)"),
        (["unix:///nowhere/s", "", "/image", "1"], "No such file or directory"),
    ):
        assert main(words) == 69
        said = capsys.readouterr().out
        assert reason in said
        assert said.count("\n") == 1
    os.close(full)
