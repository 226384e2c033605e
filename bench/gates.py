"""What the gates of deployment add: python -m bench.gates, as root, with dockerd and openssl.

Two Docker engines answer the same calls in turn, one that asks ``oakum docker-authz`` and one that asks nobody; the
webhook is asked 100 times a second over TLS, each review at its planned moment, so that a slow answer counts for those
that wait behind it.
"""

import argparse
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from statistics import quantiles
from typing import Final

from oakum.adapters.snapshot_file import write_snapshot
from oakum.apps.policy_files import STARTER, policy_files
from oakum.flows.read_policies import read_policies
from oakum.kit.unix_http import UnixConnection
from oakum.model.artifact import Artifact
from oakum.testing.inventory import installed
from oakum.testing.policies import image
from oakum.testing.report import finding

_SECONDS: Final = 60
_PACKAGES: Final = 300
_CALLS: Final = {"ping": "/_ping", "list": "/containers/json", "create": "/containers/create"}
_DENIED: Final = b'{"Image": "shop:1", "HostConfig": {"Privileged": true}}'
_OK: Final = 200
_REFUSED: Final = frozenset({403, 404})
"""The engine that asks refuses, the other one has no such image: neither makes a container."""


def main() -> None:
    """Print both tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--calls", type=int, default=2_000, help="to each engine, of each kind")
    asked.add_argument("--seconds", type=int, default=30, help="for which the webhook is asked")
    words = asked.parse_args()
    print(f"load average at the start: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="oakum-gates-", dir="/tmp") as home:
        _snapshot(f"{home}/snapshot")  # the folder is short: a socket's path has a limit
        _authz(home, words.calls)
        _webhook(home, words.seconds)


def _authz(home: str, calls: int) -> None:
    with ExitStack() as running:
        plugin = f"oakum-bench-{os.getpid()}"
        path = f"/run/docker/plugins/{plugin}.sock"
        authz = ["docker-authz", "--snapshot", f"{home}/snapshot", "--socket", path, "--engine", f"{home}/with/sock"]
        running.enter_context(_program([sys.executable, "-m", "oakum", *authz], lambda: os.path.exists(path)))
        engines = {"with": ["--authorization-plugin", plugin], "without": []}
        for name, more in engines.items():
            running.enter_context(_engine(f"{home}/{name}", more))
        print(f"\nDocker API, ms, {calls} calls each in turn; added is the difference of the percentiles")
        print(f"{'':10}{'without p50':>14}{'p99':>8}{'with p50':>12}{'p99':>8}{'added p50':>13}{'p99':>8}")
        for what, uri in _CALLS.items():
            found = _paired(home, uri, calls)
            cells = [found[name][place] for name in ("without", "with") for place in (49, 98)]
            cells += [cells[2] - cells[0], cells[3] - cells[1]]
            print(
                f"{what:10}"
                + "".join(f"{cell:{width}.2f}" for cell, width in zip(cells, (14, 8, 12, 8, 13, 8), strict=True))
            )


def _paired(home: str, uri: str, calls: int) -> dict[str, list[float]]:
    """Percentiles of the time that each engine takes for one call."""
    connections = {name: UnixConnection(f"{home}/{name}/sock") for name in ("without", "with")}
    times: dict[str, list[float]] = {name: [] for name in connections}
    for _ in range(calls):
        for name, connection in connections.items():
            begin = time.perf_counter()
            if uri == _CALLS["create"]:
                connection.request("POST", uri, _DENIED, {"Content-Type": "application/json"})
            else:
                connection.request("GET", uri)
            answer = connection.getresponse()
            answer.read()
            times[name].append((time.perf_counter() - begin) * 1e3)
            expected = answer.status in _REFUSED if uri == _CALLS["create"] else answer.status == _OK
            if not expected:
                raise SystemExit(f"{uri} was answered {answer.status} by the engine {name} a plug-in")
    return {name: quantiles(every, n=100) for name, every in times.items()}


def _webhook(home: str, seconds: int) -> None:
    certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    certificate += ["-keyout", "k.pem", "-out", "c.pem", "-days", "2", "-subj", "/CN=localhost"]
    certificate += ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(certificate, cwd=home, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["webhook", "--snapshot", f"{home}/snapshot", "--port", str(port)]
    words += ["--certificate", f"{home}/c.pem", "--key", f"{home}/k.pem"]
    context = ssl.create_default_context(cafile=f"{home}/c.pem")
    with _program([sys.executable, "-m", "oakum", *words], lambda: _listens(port)):
        connection = http.client.HTTPSConnection("localhost", port, timeout=_SECONDS, context=context)
        parts = quantiles(_reviews(connection, seconds), n=100)
    print(f"\nwebhook, 100 reviews a second for {seconds} s: p50 {parts[49]:.2f} ms, p99 {parts[98]:.2f} ms")


def _reviews(connection: http.client.HTTPSConnection, seconds: int) -> list[float]:
    """Milliseconds from the planned moment of each review to its answer."""
    body = _review()
    times = []
    start = time.perf_counter()
    for number in range(seconds * 100):
        planned = start + number / 100
        time.sleep(max(0.0, planned - time.perf_counter()))
        connection.request("POST", "/review", body, {"content-type": "application/json"})
        answer = json.loads(connection.getresponse().read())
        times.append((time.perf_counter() - planned) * 1e3)
        if answer["response"]["allowed"]:
            raise SystemExit("the webhook admits what its policies refuse")
    return times


def _review() -> bytes:
    container = {"name": "web", "image": "shop@sha256:d1", "securityContext": {"privileged": True}}
    spec = {"containers": [container | {"name": f"web{number}"} for number in range(3)]}
    request = {"uid": "u1", "kind": {"kind": "Pod"}, "operation": "CREATE", "object": {"spec": spec}}
    return json.dumps({"request": request}).encode()


def _snapshot(path: str) -> None:
    """One image with 300 packages, each with a finding, and the starter policies."""
    findings = tuple(
        finding(f"CVE-{number}", installed("deb", f"package{number}", "1"), rating="high", fixed=("2",))
        for number in range(_PACKAGES)
    )
    artifact = Artifact("docker:shop:1", "docker", "sha256:d1", "sha256:i1", names=("shop:1",))
    rules = (read_policies(policy_files((STARTER,))), ())
    write_snapshot(path, [image(*findings, artifact=artifact, stage="deploy")], rules, (int(time.time()), 3600))


def _engine(home: str, more: list[str]) -> AbstractContextManager[None]:
    os.makedirs(home)
    words = ["--data-root", f"{home}/data", "--exec-root", f"{home}/exec", "--pidfile", f"{home}/pid"]
    words += ["-H", f"unix://{home}/sock", "--iptables=false", "--bridge", "none", *more]
    return _program([shutil.which("dockerd") or "/usr/sbin/dockerd", *words], lambda: _answers(f"{home}/sock"))


@contextmanager
def _program(command: list[str], ready: Callable[[], bool]) -> Iterator[None]:
    """A program that runs until the block ends."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + _SECONDS
            while not ready():
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"{' '.join(command[:4])} did not start")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _answers(path: str) -> bool:
    connection = UnixConnection(path)
    try:
        connection.request("GET", "/_ping")
        return connection.getresponse().status == _OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
