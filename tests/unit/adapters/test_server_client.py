import http.server
import json
import threading
from collections.abc import Iterator

import pytest

from oakum.adapters.server_client import ServerClient
from oakum.kit.errors import ConfigurationError, NotPermittedError, TryLaterError, UsageError


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        said = {"path": self.path, "sent": body.decode(), "token": self.headers["Authorization"]}
        status = int(self.path.rpartition("/")[2])
        data = json.dumps(said if status == 200 else {"title": "No", "status": status, "detail": "because"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = self.headers.get("Content-Type") == "application/msgpack+zstd"

    def log_message(self, *words: object) -> None:
        """Nothing is said."""


@pytest.fixture
def url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_body_goes_to_the_api_with_the_token(url: str) -> None:
    client = ServerClient(url, "oakum_x")
    said = json.loads(client.ask("POST", "/x/200", b'{"a": 1}'))
    assert said == {"path": "/api/v1/x/200", "sent": '{"a": 1}', "token": "Bearer oakum_x"}
    client.close()


def test_a_connection_that_the_server_closed_is_made_anew(url: str) -> None:
    client = ServerClient(url, "t")
    for _ in range(3):
        assert client.ask("POST", "/x/200", b"packed", packed=True)
    client.close()


@pytest.mark.parametrize(
    ("status", "family"),
    [(401, NotPermittedError), (403, NotPermittedError), (404, UsageError), (422, UsageError), (503, TryLaterError)],
)
def test_a_refusal_says_whose_move_it_is(status: int, family: type[Exception], url: str) -> None:
    client = ServerClient(url, "t")
    with pytest.raises(family, match=f"answers {status}: because"):
        client.ask("POST", f"/x/{status}", b"{}")
    client.close()


def test_a_server_that_is_not_there_is_to_be_tried_later() -> None:
    with pytest.raises(TryLaterError, match="cannot be reached"):
        ServerClient("http://127.0.0.1:1", "t").ask("GET", "/about")


@pytest.mark.parametrize(
    "url", ["", "oakum.example", "ftp://x", "https://u:p@x", "https://x/path", "https://[", "https://x:y"]
)
def test_what_is_no_url_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is no URL of a server"):
        ServerClient(url, "t")


def test_an_authority_that_cannot_be_read_is_said() -> None:
    with pytest.raises(ConfigurationError):
        ServerClient("https://x", "t", authority="/nonexistent.pem")
