"""Real parts, started by hand and stopped again."""

import http.client
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator

import pytest

from oakum.kit.unix_http import UnixConnection

_SECONDS = 60


@pytest.fixture(scope="session")
def docker_engine() -> Iterator[str]:
    """A Docker engine of our own; its address as ``DOCKER_HOST`` has it."""
    home = tempfile.mkdtemp(prefix="oakum-engine-", dir="/tmp")  # short: a socket's path has a limit
    address = f"{home}/docker.sock"
    daemon = shutil.which("dockerd") or "/usr/sbin/dockerd"
    words = ["--data-root", f"{home}/data", "--exec-root", f"{home}/exec", "--pidfile", f"{home}/pid"]
    words += ["-H", f"unix://{address}", "--iptables=false", "--bridge", "none"]
    with open(f"{home}/log", "wb") as log:
        process = subprocess.Popen([daemon, *words], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            _wait(address, process, f"{home}/log")
            yield f"unix://{address}"
        finally:
            process.terminate()
            process.wait(_SECONDS)
            shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def busybox_image(docker_engine: str) -> str:
    """A tiny image that runs: busybox alone, with an os-release and one dpkg package."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        binary = shutil.which("busybox")
        assert binary
        tar.add(binary, "bin/busybox")
        _add(tar, "etc/os-release", b'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')
        status = b"Package: zlib1g\nStatus: install ok installed\nSource: zlib\nVersion: 1:1.2.13.dfsg-1\n\n"
        _add(tar, "var/lib/dpkg/status", status)
    command = ["docker", "-H", docker_engine, "import", "-", "oakum-test:1"]
    subprocess.run(command, input=archive.getvalue(), check=True, capture_output=True, timeout=_SECONDS)
    return "oakum-test:1"


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def _wait(address: str, process: "subprocess.Popen[bytes]", log: str) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        if os.path.exists(address) and _answers(address):
            return
        time.sleep(0.05)
    with open(log, encoding="utf-8", errors="replace") as text:
        pytest.fail(f"dockerd did not start: {text.read()[-2000:]}")


def _answers(address: str) -> bool:
    connection = UnixConnection(address)
    try:
        connection.request("GET", "/_ping")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
