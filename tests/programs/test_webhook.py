"""The webhook as a server over TLS, asked as an API server asks."""

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oakum.adapters.snapshot_file import write_snapshot
from oakum.model.artifact import Artifact
from oakum.model.policy import Check
from oakum.testing.policies import image, policy

SECONDS = 60
POD = {"containers": [{"name": "web", "image": "shop@sha256:d1"}]}

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate; it is not there")


class Webhook:
    """A running webhook."""

    process: "subprocess.Popen[bytes]"

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def ask(self, verb: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        context = ssl.create_default_context(cafile=str(self.folder / "c.pem"))
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=SECONDS, context=context)
        try:
            connection.request(verb, path, body or None, {"content-type": "application/json", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def review(self, spec: dict[str, Any]) -> dict[str, Any]:
        request = {"uid": "u1", "kind": {"kind": "Pod"}, "operation": "CREATE", "object": {"spec": spec}}
        document = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
        status, body = self.ask("POST", "/review", json.dumps(document).encode())
        assert status == 200, body
        return dict(json.loads(body)["response"])

    def snapshot(self, made: int) -> None:
        known = image(artifact=Artifact("docker:shop:1", "docker", "sha256:d1", "sha256:i1"), stage="deploy")
        rules = ((policy("privileged", Check("privileged"), deploy="deny"),), ())
        write_snapshot(str(self.folder / "snapshot"), [known], rules, (made, 3600))


@pytest.fixture
def webhook(tmp_path: Path) -> Iterator[Webhook]:
    certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    certificate += ["-keyout", "k.pem", "-out", "c.pem", "-days", "2", "-subj", "/CN=localhost"]
    certificate += ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(certificate, cwd=tmp_path, check=True, capture_output=True)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    running = Webhook(tmp_path, port)
    running.snapshot(int(time.time()))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    words = ["webhook", "--snapshot", "snapshot", "--certificate", "c.pem", "--key", "k.pem", "--port", str(port)]
    command = [sys.executable, "-m", "oakum", *words]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running.process:
        _until_ready(running, running.process)
        yield running
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(SECONDS) in {0, 143, -signal.SIGKILL}


def _until_ready(running: Webhook, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if running.ask("GET", "/livez")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"the webhook did not start: {process.communicate()[0].decode()}")


def test_reviews_are_answered_from_the_newest_snapshot(webhook: Webhook) -> None:
    assert webhook.ask("GET", "/readyz") == (200, b"ok")
    assert webhook.review(POD)["allowed"]
    privileged = {"containers": [{**POD["containers"][0], "securityContext": {"privileged": True}}]}
    assert "privileged" in webhook.review(privileged)["status"]["message"]
    webhook.snapshot(int(time.time()) - 7200)
    assert webhook.ask("GET", "/readyz")[0] == 503
    assert "too old" in webhook.review(POD)["status"]["message"]
    webhook.snapshot(int(time.time()))
    assert webhook.review(POD)["allowed"]


def test_what_is_no_review_is_refused_and_the_server_goes_on(webhook: Webhook) -> None:
    assert webhook.ask("POST", "/review", b"{")[0] == 400
    assert webhook.ask("POST", "/review", b"\xff" * 1000)[0] == 400
    assert webhook.ask("GET", "/review")[0] == 405
    assert webhook.ask("GET", "/")[0] == 404
    assert webhook.ask("POST", "/review", b"x", **{"content-length": "99999999"})[0] == 413
    assert webhook.review(POD)["allowed"]


def test_a_webhook_that_is_killed_leaves_no_worker_behind(webhook: Webhook) -> None:
    webhook.process.kill()
    webhook.process.communicate(timeout=SECONDS)  # which a worker that lives on would not let end
    with pytest.raises(ConnectionRefusedError):
        webhook.ask("GET", "/livez")
