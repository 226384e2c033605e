"""The server as a whole: started, set up, killed at random, started again."""

import http.server
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from oakum.kit.archive import zstd
from oakum.model.api import EventBatch
from oakum.model.event import EXEC, Event
from oakum.testing.images import Layer, oci_layout
from oakum.testing.running_server import RunningServer

SECONDS = 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(str(tmp_path)) as running:
        yield running


def oakum(server: RunningServer, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "oakum", *words], env={**server.environment, **more}, capture_output=True, text=True,
        timeout=SECONDS, check=False,
    )  # fmt: skip


def until(look: Any) -> Any:  # noqa: ANN401 - whatever is looked for
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def test_a_server_is_set_up_once_and_decides_for_a_gate(server: RunningServer, tmp_path: Path) -> None:
    token = server.set_up_token()
    made = {"token": token, "password": "correct horse battery"}
    assert server.ask("POST", "/setup", body=made)[0] == 201
    assert server.ask("POST", "/setup", body=made)[0] == 409
    status = b"Package: zlib1g\nStatus: install ok installed\nVersion: 1\n\n"
    oci_layout(str(tmp_path / "layout"), [Layer(files={"var/lib/dpkg/status": status})])
    ci, admin = server.token("ci", "gate"), server.token("admin", "admin")
    gated = oakum(server, "gate", f"oci-layout:{tmp_path}/layout", "--server", server.url, OAKUM_TOKEN=ci)
    assert gated.returncode in {0, 1, 2}, gated.stderr
    assert "decision sha256:" in gated.stdout
    assert len(server.ask("GET", "/decisions", admin)[1]["items"]) == 1
    reached = oakum(server, "affected", "--package", "zlib1g", "--server", server.url, OAKUM_TOKEN=admin)
    assert "1 image" in reached.stdout
    wrong = oakum(server, "gate", f"oci-layout:{tmp_path}/layout", "--server", server.url, OAKUM_TOKEN=ci[:-1])
    assert (wrong.returncode, wrong.stdout) == (77, "")
    assert oakum(server, "audit", "verify", "--state", server.state).returncode == 0


@pytest.mark.parametrize("victim", ["api_process", "worker"])
def test_what_was_acknowledged_survives_kills_and_the_supervisor_starts_another(
    victim: str, server: RunningServer
) -> None:
    agent, admin = server.token("node", "agent"), server.token("admin", "admin")
    kept = 0
    for number in range(10):
        container = {"id": f"{number:064}", "host": "h1", "state": "running", "started": "2026-11-25T10:00:00Z"}
        if server.ask("POST", "/agent/containers", agent, [container])[0] == 200:
            kept += 1
        os.kill(until(lambda: server.children().get(victim)), signal.SIGKILL)
        until(lambda: server.ask("GET", "/about")[0] == 200)
    until(lambda: server.children().keys() >= {"api_process", "worker"})
    listed = until(lambda: server.ask("GET", "/containers", admin)[1])
    assert len(listed["items"]) >= kept
    assert kept >= 5


def test_a_killed_supervisor_takes_everything_with_it_and_a_new_one_goes_on(server: RunningServer) -> None:
    agent = server.token("node", "agent")
    batch = EventBatch("run", (Event(EXEC, 1, "h1", "c" * 64, 1),))
    body = zstd.compress(msgspec.msgpack.encode(batch), 3)
    assert body
    assert server.ask("POST", "/agent/host", agent, {"id": "h1", "name": "node7"})[0] == 204
    children = server.children()
    server.process.kill()
    server.process.wait(SECONDS)
    until(lambda: not any(os.path.exists(f"/proc/{pid}/exe") for pid in children.values()))
    server.start()
    admin = server.token("admin", "admin")
    assert [one["id"] for one in server.ask("GET", "/hosts", admin)[1]] == ["h1"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--listen", "0.0.0.0:1"], 77, "in the clear"),
        (["--listen", "here"], 64, "no place to listen"),
        (["--listen", "127.0.0.1:x"], 64, "no place to listen"),
        (["--certificate", "c.pem"], 64, "needs its key"),
        (["--certificate", "c.pem", "--key", "k.pem"], 78, "cannot be used"),
        (["--state", "/proc/none"], 77, ""),
    ],
)
def test_what_cannot_be_served_is_said(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    state = [] if "--state" in words else ["--state", str(tmp_path / "state")]
    command = [sys.executable, "-m", "oakum", "serve", *state, *words]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


class Receiver:
    """Receives notices on this machine, and notes their keys."""

    def __init__(self) -> None:
        keys = self.keys = []  # type: ignore[var-annotated] # texts

        class Answers(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                keys.append(self.headers["Idempotency-Key"])
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words: object) -> None:
                """Nothing is said."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def test_every_notice_arrives_though_the_worker_is_killed_ten_times(server: RunningServer) -> None:
    """At least once; per kill at most what was in flight comes again, under the same key."""
    agent, admin = server.token("node", "agent"), server.token("admin", "admin")
    receiver, kills = Receiver(), 10
    hook = {"name": "hook", "notifier": "webhook", "url": receiver.url}
    assert server.ask("PUT", "/receivers", admin, [hook])[0] == 200
    sent = []
    for number in range(kills * 3):
        incident = {"id": f"drift-{number}", "kind": "drift", "title": "x differs", "at": datetime.now(UTC).isoformat()}
        assert server.ask("POST", "/agent/incidents", agent, {"incident": incident})[0] == 200
        sent.append(f"drift-{number}")
        if number % 3 == 1:
            os.kill(until(lambda: server.children().get("worker")), signal.SIGKILL)
            time.sleep(random.uniform(0, 0.3))  # noqa: S311 - any moment will do
    until(lambda: set(sent) <= set(receiver.keys))
    until(lambda: server.ask("GET", "/deliveries?state=waiting", admin)[1] == [])
    assert set(receiver.keys) == set(sent)
    assert len(receiver.keys) - len(sent) <= kills
    receiver.server.shutdown()
    receiver.server.server_close()


def test_bad_requests_are_refused_without_a_trace_and_without_growth(server: RunningServer) -> None:
    agent = server.token("node", "agent")
    bodies: list[object] = [None, 7, [7], {"id": 7}, {"id": "x" * 100_000}, [{"id": None}], {"incident": {}}, "\ud800"]
    paths = ["/agent/host", "/agent/containers", "/agent/incidents", "/registry-notifications", "/nothing", "/tokens"]

    def storm(times: int) -> None:
        for _ in range(times):
            for path in paths:
                for body in bodies:
                    status, said = server.ask("POST", path, agent, body)
                    assert 400 <= status < 500, (path, body, status)
                    assert said["instance"].startswith("urn:oakum:")

    storm(3)
    before = memory(server)
    storm(25)
    assert memory(server) - before < 8 << 20
    assert "Traceback" not in server.said()


def memory(server: RunningServer) -> int:
    """Resident memory of the API's processes."""
    total = 0
    for pid in family(server.children()["api_process"]):
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            total += next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) << 10
    return total


def family(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        below = [int(one) for one in file.read().split()]
    return [pid, *(one for child in below for one in family(child))]
