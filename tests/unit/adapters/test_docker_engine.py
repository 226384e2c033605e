import http.server
import json
import os
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support.certificates import write_certificates

from oakum.adapters.docker_engine import DockerEngine, Spoken
from oakum.kit.errors import ConfigurationError, OakumError, TryLaterError, UsageError

ANSWERS = {
    "/images/app:1/json": json.dumps({"Id": "sha256:i1", "RepoTags": ["app:1"], "Size": 5}).encode(),
    "/info": b'{"ID": "engine"}',
    "/images/app:1/get": b"saved",
}


class Answers(http.server.BaseHTTPRequestHandler):
    """As much of an engine as a scan asks for."""

    def do_GET(self) -> None:
        body = ANSWERS.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *words: object) -> None:
        """Nothing is said."""


@pytest.fixture
def over_tls(tmp_path: Path) -> Iterator[str]:
    """The address of an engine that knows its clients by their certificates."""
    write_certificates(str(tmp_path), "localhost", "ann")
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).symlink_to(f"ann.{'key' if name == 'key.pem' else 'pem'}")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(tmp_path / "ca.pem"))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(tmp_path / "localhost.pem", tmp_path / "localhost.key")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"tcp://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def room(tmp_path: Path) -> Callable[[], int]:
    return lambda: os.open(tmp_path, os.O_TMPFILE | os.O_RDWR, 0o600)


def engine(host: str, tmp_path: Path, certificates: str = "") -> DockerEngine:
    return DockerEngine(Spoken(host, certificates=certificates), "oakum.apps.fetcher", room(tmp_path))


def test_an_engine_on_another_machine_is_asked_over_tls(over_tls: str, tmp_path: Path) -> None:
    asked = engine(over_tls, tmp_path, str(tmp_path))
    assert asked.here()
    image = asked.image("app:1")
    assert image.names == ("app:1",)
    descriptor = asked.save(image, "", lambda _: None)
    assert os.pread(descriptor, 100, 0) == b"saved"
    os.close(descriptor)


def test_a_server_of_another_authority_is_not_believed(over_tls: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_certificates(str(other), "ann")
    for ours, theirs in (("cert.pem", "ann.pem"), ("key.pem", "ann.key")):
        (other / ours).symlink_to(theirs)
    with pytest.raises(TryLaterError, match="CERTIFICATE_VERIFY_FAILED"):
        engine(over_tls, tmp_path, str(other)).image("app:1")


@pytest.mark.parametrize(
    ("host", "certificates", "said"),
    [
        ("tcp://engine.example:2375", "", "not asked in the clear"),
        ("ssh://ann@engine.example", "", "only unix:// and tcp://"),
        ("tcp://:5", "", "only unix:// and tcp://"),
        ("tcp://[::1", "", "only unix:// and tcp://"),
        ("tcp://localhost:99999", "", "only unix:// and tcp://"),
        ("unix://", "", "only unix:// and tcp://"),
        ("tcp://engine.example", "/nonexistent", "the certificates in /nonexistent cannot be used"),
    ],
)
def test_an_address_that_is_none_is_named_with_its_variable(
    host: str, certificates: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(OakumError, match="DOCKER_HOST=") as raised:
        engine(host, tmp_path, certificates).image("app:1")
    assert said in str(raised.value)
    assert isinstance(raised.value, UsageError | ConfigurationError)
