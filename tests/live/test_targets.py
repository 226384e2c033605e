"""The same image through every target: from real engines, a real registry, and what real tools write."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oakum.testing.images import Layer, docker_archive, oci_archive, oci_index

from .test_registry import running

pytestmark = pytest.mark.live("dockerd", "containerd", "podman", "skopeo", "docker-registry")

_SECONDS = 120
STATUS = b"Package: %s\nStatus: install ok installed\nVersion: 1:1.2.13.dfsg-1\n\n"
LAYERS = (
    Layer(files={"etc/os-release": b'ID=debian\nVERSION_ID="12"\n', "var/lib/dpkg/status": STATUS % b"zlib1g"}),
    Layer(files={"app/node_modules/left-pad/package.json": b'{"name": "left-pad", "version": "1.3.0"}'}),
    Layer(
        files={"app/node_modules/tool/package.json": b'{"name": "tool", "version": "2.0.0"}'},
        whiteouts=["app/node_modules/left-pad/package.json"],
    ),
)
PURLS = {"pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?distro=debian-12", "pkg:npm/tool@2.0.0"}


def ran(*words: str, **variables: str) -> bytes:
    """What a tool says."""
    environment = {**os.environ, **variables}
    ended = subprocess.run(words, env=environment, capture_output=True, timeout=_SECONDS, check=False)
    assert ended.returncode == 0, (words, ended.stderr)
    return ended.stdout


def oakum(*words: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "oakum", *words]
    return subprocess.run(command, env={**os.environ, **variables}, capture_output=True, timeout=_SECONDS, check=False)


def purls(*words: str, **variables: str) -> set[str]:
    ended = oakum("sbom", *words, "-f", "json", **variables)
    assert ended.returncode == 0, (words, ended.stderr)
    document = json.loads(ended.stdout)
    assert not document["gaps"], (words, document["gaps"])
    return {package["purl"] for package in document["packages"]}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The image as ``docker save`` writes it."""
    path = str(tmp_path_factory.mktemp("image") / "app.tar")
    docker_archive(path, {"oakum-targets:1": LAYERS}, blobs=False)
    return path


class Podman:
    """A store of podman's of our own; its settings as ``podman`` finds them."""

    def __init__(self, home: str) -> None:
        self.home = home
        with open(f"{home}/storage.conf", "w", encoding="utf-8") as file:
            file.write(f'[storage]\ndriver = "vfs"\ngraphroot = "{home}/root"\nrunroot = "{home}/run"\n')
        self.variables = {"CONTAINERS_STORAGE_CONF": f"{home}/storage.conf"}


@pytest.fixture(scope="module")
def podman(archive: str) -> Iterator[Podman]:
    home = tempfile.mkdtemp(prefix="oakum-podman-", dir="/tmp")
    try:
        found = Podman(home)
        ran("podman", "load", "-q", "-i", archive, **found.variables)
        yield found
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def podman_service(podman: Podman) -> Iterator[str]:
    address = f"{podman.home}/p.sock"
    command = ["podman", "system", "service", "--time", "0", f"unix://{address}"]
    with _program(command, address, {**os.environ, **podman.variables}):
        yield f"unix://{address}"


@pytest.fixture(scope="module")
def containerd() -> Iterator[str]:
    """A containerd of our own; the path of its socket."""
    home = tempfile.mkdtemp(prefix="oakum-containerd-", dir="/tmp")
    address = f"{home}/c.sock"
    settings = f'version = 2\nroot = "{home}/root"\nstate = "{home}/state"\n'
    settings += f'disabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\naddress = "{address}"\n'
    with open(f"{home}/config.toml", "w", encoding="utf-8") as file:
        file.write(settings)
    try:
        with _program(["containerd", "-c", f"{home}/config.toml"], address, dict(os.environ)):
            yield address
    finally:
        shutil.rmtree(home, ignore_errors=True)


class _program:  # noqa: N801 - is used like a function
    """A program that listens at a socket, until the block ends."""

    def __init__(self, command: list[str], address: str, environment: dict[str, str]) -> None:
        self._address = address
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> None:
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket(socket.AF_UNIX) as tried:
                if tried.connect_ex(self._address) == 0:
                    return
            time.sleep(0.05)
        pytest.fail(f"nothing listens at {self._address}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(_SECONDS)


def _ctr(address: str, *words: str) -> bytes:
    return ran("ctr", "--address", address, "--namespace", "k8s.io", *words)


def test_the_same_image_through_every_target_gives_the_same_packages(
    archive: str, docker_engine: str, podman: Podman, podman_service: str, containerd: str, tmp_path: Path
) -> None:
    ran("docker", "-H", docker_engine, "load", "-i", archive)
    _ctr(containerd, "images", "import", archive)
    ran("skopeo", "copy", "-q", f"docker-archive:{archive}", f"oci-archive:{tmp_path}/oci.tar:1")
    ran("skopeo", "copy", "-q", f"docker-archive:{archive}", f"oci:{tmp_path}/layout:1")
    ran("gzip", "-k", f"{tmp_path}/oci.tar")
    ran("docker", "-H", docker_engine, "save", "-o", f"{tmp_path}/saved.tar", "oakum-targets:1")
    made = ran("docker", "-H", docker_engine, "create", "oakum-targets:1", "none").decode().strip()
    ran("docker", "-H", docker_engine, "export", "-o", f"{tmp_path}/root.tar", made)
    (tmp_path / "root").mkdir()
    ran("tar", "-xf", f"{tmp_path}/root.tar", "-C", f"{tmp_path}/root")
    variables = {
        "OAKUM_CACHE_DIR": str(tmp_path / "cache"), "DOCKER_HOST": docker_engine, "CONTAINERD_ADDRESS": containerd,
        **podman.variables,
    }  # fmt: skip
    (tmp_path / "cache").mkdir()
    found = {
        target: purls(target, "--no-cache", **variables)
        for target in (
            "docker:oakum-targets:1", "podman:oakum-targets:1", "containerd:oakum-targets:1",
            f"docker-archive:{archive}", f"docker-archive:{tmp_path}/saved.tar", f"oci-archive:{tmp_path}/oci.tar",
            f"{tmp_path}/oci.tar.gz",
            f"oci-layout:{tmp_path}/layout", f"tar:{tmp_path}/root.tar", f"rootfs:{tmp_path}/root",
        )
    }  # fmt: skip
    found["podman's service"] = purls("podman:oakum-targets:1", **variables, CONTAINER_HOST=podman_service)
    with running() as registry:
        copy = ["copy", "-q", "--dest-tls-verify=false", f"docker-archive:{archive}", f"docker://{registry.host}/app:1"]
        ran("skopeo", *copy)
        found["registry"] = purls(f"registry:{registry.host}/app:1", "--plain-http", registry.host, **variables)
    assert found == dict.fromkeys(found, PURLS)


def test_podman_is_asked_where_docker_has_no_such_image(podman: Podman, tmp_path: Path) -> None:
    variables = {"OAKUM_CACHE_DIR": str(tmp_path), "DOCKER_HOST": f"unix://{tmp_path}/none.sock", **podman.variables}
    ended = oakum("sbom", "oakum-targets:1", "-f", "json", **variables)
    assert ended.returncode == 0, ended.stderr
    assert b"oakum-targets:1 is taken for podman:oakum-targets:1" in ended.stderr
    missing = oakum("sbom", "podman:no-such-image:1", **variables)
    assert missing.returncode == 65
    assert b"podman has no image 'no-such-image:1'" in missing.stderr


def test_an_index_of_several_platforms_in_containerd(containerd: str, tmp_path: Path) -> None:
    oci_index(str(tmp_path / "layout"), {"linux/amd64": LAYERS, "linux/arm64": LAYERS[:1]}, tag="1")
    oci_archive(str(tmp_path / "multi.tar"), str(tmp_path / "layout"))
    words = ("images", "import", "--all-platforms", "--base-name", "registry.example/multi", f"{tmp_path}/multi.tar")
    _ctr(containerd, *words)
    variables = {"OAKUM_CACHE_DIR": str(tmp_path), "CONTAINERD_ADDRESS": containerd}
    assert "pkg:npm/tool@2.0.0" not in purls("containerd:multi:1", "--platform", "linux/arm64", **variables)
    every = oakum("sbom", "containerd:multi:1", "--platform", "all", "-f", "json", **variables)
    assert [one["artifact"]["platform"] for one in json.loads(every.stdout)] == ["linux/amd64", "linux/arm64"]
    missing = oakum("sbom", "containerd:multi:1", "--platform", "linux/s390x", **variables)
    assert missing.returncode == 65
    assert b"--platform takes: linux/amd64,linux/arm64" in missing.stderr
