"""A real engine that asks our plug-in before it does anything."""

import http.client
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.support.certificates import write_certificates

from oakum.kit.unix_http import UnixConnection
from oakum.sources.host.starters import handed_over
from oakum.testing.images import Layer, oci_layout

pytestmark = pytest.mark.live("dockerd", "busybox")

_SECONDS = 60
_POLICIES = """oakum: policy/1
name: no-evil
title: No evil package
severity: high
when: {package: {name: evil}}
then: {deploy: deny}
---
oakum: policy/1
name: no-privileged
title: No container runs privileged
severity: critical
when: privileged
then: {deploy: deny}
"""


class Guarded(NamedTuple):
    """An engine behind the plug-in."""

    home: str
    address: str
    authz: "subprocess.Popen[bytes]"
    plugin: str
    over_tls: str


@pytest.fixture(scope="module")
def guarded() -> Iterator[Guarded]:
    home = tempfile.mkdtemp(prefix="oakum-authz-", dir="/tmp")
    name = f"oakum-test-{os.getpid()}"
    with open(f"{home}/policies.yaml", "w", encoding="utf-8") as file:
        file.write(_POLICIES)
    _layout(home)
    _oakum(home, "snapshot", f"oci-layout:{home}/layout", "-p", f"{home}/policies.yaml", "-o", f"{home}/snapshot")
    plugin = f"/run/docker/plugins/{name}.sock"
    words = ["docker-authz", "--snapshot", f"{home}/snapshot", "--socket", plugin, "--engine", f"{home}/docker.sock"]
    words += ["--started", f"{home}/started"]
    port = _free_port()
    write_certificates(home, "localhost", "alice")
    running: list[subprocess.Popen[bytes]] = []
    try:
        with open(f"{home}/log", "wb") as log:
            running.append(subprocess.Popen([sys.executable, "-m", "oakum", *words], stderr=log))
            _until(lambda: os.path.exists(plugin))
            daemon = shutil.which("dockerd") or "/usr/sbin/dockerd"
            words = ["--data-root", f"{home}/data", "--exec-root", f"{home}/exec", "--pidfile", f"{home}/pid"]
            words += ["-H", f"unix://{home}/docker.sock", "--iptables=false", "--bridge", "none"]
            words += ["-H", f"tcp://127.0.0.1:{port}", "--tlsverify", "--tlscacert", f"{home}/ca.pem"]
            words += ["--tlscert", f"{home}/localhost.pem", "--tlskey", f"{home}/localhost.key"]
            running.append(subprocess.Popen([daemon, *words, "--authorization-plugin", name], stdout=log, stderr=log))
            _until(lambda: os.path.exists(f"{home}/docker.sock") and _status(home, "GET", "/_ping") == 200)
        yield Guarded(home, f"unix://{home}/docker.sock", running[0], plugin, f"tcp://localhost:{port}")
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(_SECONDS)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def images(guarded: Guarded) -> dict[str, str]:
    """One image that passes and one that does not; both known to the plug-in."""
    for name in ("good", "evil"):
        _archive(f"{guarded.home}/{name}.tar", name)
        _docker(guarded, "import", "-c", "USER 1000", f"{guarded.home}/{name}.tar", f"{name}:1")
    targets = ("docker:good:1", "docker:evil:1")
    options = ("-p", f"{guarded.home}/policies.yaml", "-o", f"{guarded.home}/snapshot")
    _oakum(guarded.home, "snapshot", *targets, *options)
    ids = {name: _docker(guarded, "image", "inspect", "-f", "{{.Id}}", f"{name}:1") for name in ("good", "evil")}
    return {name: id_.strip() for name, id_ in ids.items()}


def test_the_good_image_runs(guarded: Guarded, images: dict[str, str]) -> None:
    assert images["good"]
    said = _docker(guarded, "run", "--rm", "--network", "none", "good:1", "/bin/busybox", "echo", "hello")
    assert said == "hello\n"


def test_who_asked_is_the_name_in_their_certificate(guarded: Guarded, images: dict[str, str]) -> None:
    assert images
    home = guarded.home
    words = ["docker", "-H", guarded.over_tls, "--tlsverify", "--tlscacert", f"{home}/ca.pem"]
    words += ["--tlscert", f"{home}/alice.pem", "--tlskey", f"{home}/alice.key"]
    words += ["create", "--network", "none", "good:1", "/bin/busybox"]
    made = subprocess.run(words, check=True, capture_output=True, text=True, timeout=_SECONDS).stdout.strip()
    assert handed_over(made, f"{home}/started") == "tls:alice"
    other = _docker(guarded, "create", "--network", "none", "good:1", "/bin/busybox").strip()
    assert handed_over(other, f"{home}/started") == ""
    _docker(guarded, "rm", made, other)


def test_an_image_is_scanned_over_tls(guarded: Guarded, images: dict[str, str], tmp_path: Path) -> None:
    assert images
    for name, file in (("ca.pem", "ca.pem"), ("cert.pem", "alice.pem"), ("key.pem", "alice.key")):
        (tmp_path / name).symlink_to(f"{guarded.home}/{file}")
    variables = {"DOCKER_HOST": guarded.over_tls, "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": str(tmp_path)}
    words = [sys.executable, "-m", "oakum", "sbom", "docker:good:1", "-f", "json"]
    environment = {**os.environ, **variables, "OAKUM_CACHE_DIR": str(tmp_path)}
    ended = subprocess.run(words, env=environment, check=True, capture_output=True, timeout=_SECONDS)
    assert {package["name"] for package in json.loads(ended.stdout)["packages"]} >= {"good"}


@pytest.mark.parametrize("name", ["evil:1", "innocent:7", "ID"])
def test_the_refused_image_does_not_run_under_any_name(guarded: Guarded, images: dict[str, str], name: str) -> None:
    _docker(guarded, "tag", "evil:1", "innocent:7")
    image = images["evil"] if name == "ID" else name
    said = _refused(guarded, "run", "--rm", "--network", "none", image, "/bin/busybox")
    assert "no-evil: No evil package: evil 1" in said
    assert "decision sha256:" in said


def test_privileged_is_refused_however_it_is_asked_for(guarded: Guarded, images: dict[str, str]) -> None:
    assert images
    assert "no-privileged" in _refused(guarded, "run", "--privileged", "--network", "none", "good:1", "/bin/busybox")
    body = b'{"Image": "good:1", "hostconfig": {"privileged": true, "networkmode": "none"}}'
    assert _status(guarded.home, "POST", "/containers/create", body) == 403
    long = b'{"Image": "good:1", "HostConfig": {"Privileged": true}, "x": "' + b"x" * (1 << 20) + b'"}'
    assert _status(guarded.home, "POST", "/containers/create", long) in {0, 403}  # 0: refused while we still send
    assert _status(guarded.home, "POST", "/containers/create", body, {"Content-Type": "text/plain"}) == 403
    assert _status(guarded.home, "POST", "/v1.41//containers/create", body) in {301, 403}
    assert _docker(guarded, "ps", "-aq") == ""


def test_what_was_created_before_is_judged_again_when_it_starts(guarded: Guarded, images: dict[str, str]) -> None:
    """A container of an image that is refused by now does not start."""
    assert images
    _docker(guarded, "create", "--name", "early", "--network", "none", "good:1", "/bin/busybox", "true")
    with open(f"{guarded.home}/none.yaml", "w", encoding="utf-8") as file:
        file.write(_POLICIES.replace("{name: evil}", "{name: good}"))
    before = f"{guarded.home}/before"
    shutil.copy(f"{guarded.home}/snapshot", before)
    options = ("-p", f"{guarded.home}/none.yaml", "-o", f"{guarded.home}/snapshot")
    _oakum(guarded.home, "snapshot", "docker:good:1", "docker:evil:1", *options)
    try:
        assert "no-evil" in _refused(guarded, "start", "early")
        body = b'{"Privileged": true}'
        assert _status(guarded.home, "POST", "/v1.20/containers/early/start", body) == 403
    finally:
        os.replace(before, f"{guarded.home}/snapshot")
    _docker(guarded, "start", "early")
    _docker(guarded, "rm", "-f", "early")


def test_a_privileged_exec_and_a_plugin_are_refused_and_an_ordinary_exec_is_not(
    guarded: Guarded, images: dict[str, str]
) -> None:
    assert images
    words = ("--name", "long", "--network", "none", "-d", "--init", "good:1", "/bin/busybox", "sleep", "100")
    _docker(guarded, "run", *words)
    try:
        assert _docker(guarded, "exec", "long", "/bin/busybox", "echo", "in") == "in\n"
        assert "no-privileged" in _refused(guarded, "exec", "--privileged", "long", "/bin/busybox", "true")
        assert _status(guarded.home, "POST", "/plugins/pull?remote=x", b"[]") == 403
    finally:
        _docker(guarded, "rm", "-f", "long")


def test_an_image_that_nobody_assessed_does_not_run(guarded: Guarded, images: dict[str, str]) -> None:
    assert images
    _archive(f"{guarded.home}/new.tar", "new")
    _docker(guarded, "import", f"{guarded.home}/new.tar", "new:1")
    assert "not known: packages" in _refused(guarded, "run", "--rm", "--network", "none", "new:1", "/bin/busybox")


def test_a_decider_that_is_killed_is_replaced_within_a_second(guarded: Guarded, images: dict[str, str]) -> None:
    assert images
    for _ in range(10):
        with open(f"/proc/{guarded.authz.pid}/task/{guarded.authz.pid}/children", encoding="ascii") as file:
            (decider,) = file.read().split()
        os.kill(int(decider), signal.SIGKILL)
        began = time.monotonic()
        _until(lambda: _status(guarded.home, "GET", "/images/json") == 200)
        assert time.monotonic() - began < 10
    assert "no-evil" in _refused(guarded, "run", "--rm", "--network", "none", "evil:1", "/bin/busybox")


def _archive(path: str, package: str) -> None:
    """A root file system that runs, with one package."""
    with tarfile.open(path, mode="w") as tar:
        binary = shutil.which("busybox")
        assert binary
        tar.add(binary, "bin/busybox")
        release = b'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'
        status = f"Package: {package}\nStatus: install ok installed\nVersion: 1\n\n".encode()
        for name, data in (("etc/os-release", release), ("var/lib/dpkg/status", status)):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))


def _layout(home: str) -> None:
    """An image in a folder, so that there is something to make the first snapshot of."""
    status = b"Package: first\nStatus: install ok installed\nVersion: 1\n\n"
    oci_layout(home + "/layout", [Layer(files={"var/lib/dpkg/status": status})])


def _oakum(home: str, *words: str) -> None:
    environment = {**os.environ, "DOCKER_HOST": f"unix://{home}/docker.sock", "OAKUM_CACHE_DIR": f"{home}/cache"}
    ended = subprocess.run(
        [sys.executable, "-m", "oakum", *words], env=environment, capture_output=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stderr


def _docker(guarded: Guarded, *words: str) -> str:
    ended = subprocess.run(
        ["docker", "-H", guarded.address, *words], capture_output=True, timeout=_SECONDS, check=False, text=True
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def _refused(guarded: Guarded, *words: str) -> str:
    ended = subprocess.run(
        ["docker", "-H", guarded.address, *words], capture_output=True, timeout=_SECONDS, check=False, text=True
    )
    assert ended.returncode != 0
    assert "authorization denied by plugin" in ended.stderr
    return ended.stderr


def _status(home: str, verb: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> int:
    connection = UnixConnection(f"{home}/docker.sock")
    try:
        connection.request(verb, path, body or None, headers or {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
        assert answer.status != 500 or json.loads(said), said
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
