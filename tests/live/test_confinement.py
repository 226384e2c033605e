"""Confinement inside a container of a real engine, under its default profile: as root, and as an ordinary user."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from oakum.testing.attacks import DEADLY, REFUSED
from oakum.testing.images import Layer, docker_archive

pytestmark = pytest.mark.live("dockerd", "busybox")

_PARTS = sorted({sys.prefix, sys.base_prefix, os.path.dirname(os.path.dirname(os.path.realpath(sys.executable)))})
_SYSTEM = [path for path in ("/lib", "/lib64", "/usr/lib", "/usr/lib64") if os.path.exists(path)]


def package(name: str) -> dict[str, bytes]:
    return {f"node_modules/{name}/package.json": b'{"name": "%s", "version": "1.0.0"}' % name.encode()}


def attacks(names: list[str]) -> dict[str, bytes]:
    words = {"tcp": "1", "udp": "9", "abstract": "none", "inherited": "999", "engine": "/var/run/docker.sock"}
    orders = {f"node_modules/{name}/package.json": f"attack {name} {words.get(name, '/home/key')}" for name in names}
    return {**package("a"), **{path: order.encode() for path, order in orders.items()}, **package("zz")}


@pytest.mark.parametrize("user", ["0:0", "1000:1000"])
def test_the_parser_is_confined_in_full_in_a_container(
    docker_engine: str, busybox_image: str, tmp_path: Path, user: str
) -> None:
    docker_archive(
        str(tmp_path / "a.tar"), {"a:1": [Layer(files=attacks([*REFUSED, *DEADLY])), Layer(files=package("b"))]}
    )
    (tmp_path / "key").write_text("key")
    tmp_path.chmod(0o755)
    source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + "/src"
    mounts = {source: "/oakum", str(tmp_path): "/home", **{path: path for path in (*_PARTS, *_SYSTEM)}}
    volumes = [word for here, there in mounts.items() for word in ("-v", f"{here}:{there}:ro")]
    socket = ["-v", f"{docker_engine.removeprefix('unix://')}:/var/run/docker.sock"]
    run = ["docker", "-H", docker_engine, "run", "--rm", "--network", "none", "--user", user, "--tmpfs", "/tmp"]  # noqa: S108
    scan = ["-m", "oakum.testing.hostile_scan", "docker_archive", "/home/a.tar", "/tmp", "2"]  # noqa: S108
    command = [*run, *volumes, *socket, "-e", "PYTHONPATH=/oakum", busybox_image, sys.executable, *scan]
    ran = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    said = json.loads(ran.stdout)
    assert said["packages"] == {"0": ["a 1.0.0", "zz 1.0.0"], "1": ["b 1.0.0"]}
    assert {re.sub(r".*node_modules/(\w+)/.*", r"\1", path) for path in said["gaps"]} == {*REFUSED, *DEADLY}
    assert said["confinement"]["weaknesses"] == []
    assert said["confinement"]["network"] == "none"
    assert said["confinement"]["landlock"] > 0
