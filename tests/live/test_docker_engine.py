import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.live("dockerd", "busybox", "skopeo")


def _oakum(tmp_path: object, docker_host: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "DOCKER_HOST": docker_host, "OAKUM_CACHE_DIR": f"{tmp_path}/cache"}
    command = [sys.executable, "-m", "oakum", *words]
    return subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)


def _packages(document: bytes) -> list[tuple[str, str]]:
    return sorted((package["purl"], package["version"]) for package in json.loads(document)["packages"])


def test_the_same_packages_from_the_engine_the_archive_and_the_layout(
    docker_engine: str, busybox_image: str, tmp_path: object
) -> None:
    archive, layout = f"{tmp_path}/image.tar", f"{tmp_path}/layout"
    docker = ["docker", "-H", docker_engine]
    subprocess.run([*docker, "save", "-o", archive, busybox_image], check=True, capture_output=True)
    copy = ["skopeo", "copy", "-q", f"docker-archive:{archive}", f"oci:{layout}:1"]
    subprocess.run(copy, check=True, capture_output=True)
    found = []
    for target in (f"docker:{busybox_image}", busybox_image, f"docker-archive:{archive}", f"oci-layout:{layout}"):
        ended = _oakum(tmp_path, docker_engine, "sbom", target, "-f", "json")
        assert ended.returncode == 0, ended.stderr
        found.append(_packages(ended.stdout))
    assert found[0]
    assert all(packages == found[0] for packages in found)


def test_without_a_target_the_newest_image_of_the_engine_is_scanned(
    docker_engine: str, busybox_image: str, tmp_path: object
) -> None:
    ended = _oakum(tmp_path, docker_engine, "scan", "-f", "json")
    assert ended.returncode == 0, ended.stderr
    assert busybox_image.encode() in ended.stderr
    assert json.loads(ended.stdout)["artifact"]["reference"] == f"docker:{busybox_image}"


def test_a_second_scan_fetches_nothing(docker_engine: str, busybox_image: str, tmp_path: object) -> None:
    first = _oakum(tmp_path, docker_engine, "sbom", busybox_image, "-f", "json")
    cache = f"{tmp_path}/cache/facts.db"
    size = os.path.getsize(cache)
    second = _oakum(tmp_path, docker_engine, "sbom", busybox_image, "-f", "json")
    assert _packages(first.stdout) == _packages(second.stdout)
    assert os.path.getsize(cache) == size


def test_an_image_that_the_engine_does_not_have(docker_engine: str, tmp_path: object) -> None:
    ended = _oakum(tmp_path, docker_engine, "scan", "docker:no-such-image:1")
    assert ended.returncode == 65
    assert b"has no image 'no-such-image:1'" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_an_engine_that_is_not_there(tmp_path: object) -> None:
    ended = _oakum(tmp_path, f"unix://{tmp_path}/none.sock", "scan", "docker:anything")
    assert ended.returncode == 69
    assert b"no Docker engine answers" in ended.stderr
