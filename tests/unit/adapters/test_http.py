import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from oakum.adapters.http import HttpsDownloads, check_url
from oakum.kit.errors import LimitError, TryLaterError, UsageError
from oakum.model.update_state import Validators
from oakum.ports.http import MissingError


class Answers(BaseHTTPRequestHandler):
    """A server that does what its paths say."""

    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append(dict(self.headers))
        code, headers, body = {
            "/file": (200, {"Content-Length": "5"}, b"hello"),
            "/short": (200, {"Content-Length": "50"}, b"hello"),
            "/large": (200, {}, b"x" * 10_000),
            "/away": (302, {"Location": "http://example.org/file"}, b""),
            "/local-file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/moved": (302, {"Location": "/file"}, b""),
            "/circle": (302, {"Location": "/circle"}, b""),
            "/broken": (500, {}, b""),
            "/drip": (200, {"Content-Length": "1000000"}, b""),
            "/dated": (200, {"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT", "ETag": '"1"'}, b"hello"),
            "/fresh": (200, {"Last-Modified": self.date_time_string()}, b"hello"),
            "/odd": (200, {"Last-Modified": "yesterday", "ETag": "x" * 5_000}, b"hello"),
            "/same": (304, {}, b""),
        }.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        with contextlib.suppress(OSError):  # the client leaves
            while self.path == "/drip":
                time.sleep(0.01)
                self.wfile.write(b"x")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing."""


@pytest.fixture
def base() -> Iterator[str]:
    Answers.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/dated", Validators('"1"', "Thu, 01 Jan 2026 00:00:00 GMT")),
        ("/fresh", Validators()),
        ("/odd", Validators()),
        ("/file", Validators()),
    ],
)
def test_what_tells_a_revision_from_the_next_is_kept(base: str, tmp_path: Path, path: str, said: Validators) -> None:
    assert HttpsDownloads().fetch(base + path, str(tmp_path / "f")) == said


def test_a_revision_that_is_known_is_not_fetched_again(base: str, tmp_path: Path) -> None:
    known = Validators('"1"', "Thu, 01 Jan 2026 00:00:00 GMT")
    assert HttpsDownloads().fetch(base + "/same", str(tmp_path / "f"), known) is None
    assert not (tmp_path / "f").exists()
    sent = Answers.seen[-1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"1"', "Thu, 01 Jan 2026 00:00:00 GMT")
    with pytest.raises(TryLaterError):
        HttpsDownloads().fetch(base + "/same", str(tmp_path / "f"))


@pytest.mark.parametrize("path", ["/file", "/moved"])
def test_fetches_a_file(base: str, tmp_path: Path, path: str) -> None:
    HttpsDownloads().fetch(base + path, str(tmp_path / "f"))
    assert (tmp_path / "f").read_bytes() == b"hello"
    assert {name.lower() for name in Answers.seen[-1]} <= {"accept-encoding", "host", "user-agent", "connection"}


def test_a_missing_file_is_told_from_a_broken_server(base: str, tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        HttpsDownloads().fetch(f"{base}/none", str(tmp_path / "f"))
    with pytest.raises(TryLaterError, match="500"):
        HttpsDownloads().fetch(f"{base}/broken", str(tmp_path / "f"))


@pytest.mark.parametrize("path", ["/short", "/circle"])
def test_an_answer_that_does_not_end_well(base: str, tmp_path: Path, path: str) -> None:
    with pytest.raises(TryLaterError):
        HttpsDownloads().fetch(base + path, str(tmp_path / "f"))


@pytest.mark.parametrize("path", ["/away", "/local-file"])
def test_redirects_lead_nowhere_else(base: str, tmp_path: Path, path: str) -> None:
    with pytest.raises((UsageError, TryLaterError)):
        HttpsDownloads().fetch(base + path, str(tmp_path / "f"))


def test_limits_hold(base: str, tmp_path: Path) -> None:
    with pytest.raises(LimitError):
        HttpsDownloads(size=1_000).fetch(f"{base}/large", str(tmp_path / "f"))
    with pytest.raises(TryLaterError, match="longer"):
        HttpsDownloads(all_seconds=-1).fetch(f"{base}/large", str(tmp_path / "g"))


def test_a_server_that_drips_is_left(base: str, tmp_path: Path) -> None:
    with pytest.raises(TryLaterError, match="longer"):
        HttpsDownloads(all_seconds=0.05).fetch(f"{base}/drip", str(tmp_path / "f"))


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TryLaterError):
        HttpsDownloads(seconds=1).fetch("http://127.0.0.1:1/x", str(tmp_path / "f"))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "http://127.0.0.1.example.org/x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "https://user:secret@example.org/x",
        "https://",
        "https://[::1",
        "https://example.org:port/x",
        "",
    ],
)
def test_other_urls_are_refused_without_their_secrets(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_url(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["https://example.org/x", "http://localhost:80/x", "http://[::1]/x", "http://127.0.0.2"]
)
def test_urls_that_may_be_fetched(url: str) -> None:
    check_url(url)
