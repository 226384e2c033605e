import os
import pathlib
import subprocess
import sys
from typing import Any

from oakum.testing.images import Layer, oci_layout

ROOT = pathlib.Path(__file__).parents[2]


def script(name: str, *arguments: str, **more: Any) -> "subprocess.Popen[str]":  # noqa: ANN401 - handed through
    command = [sys.executable, os.fspath(ROOT / "bench" / name), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)


def test_the_slow_registry_serves_an_image_that_download_and_oakum_read(
    tmp_path: pathlib.Path, surroundings: dict[str, str]
) -> None:
    layers = [Layer(files={"filler": os.urandom(300_000)}), Layer(files={"x": b"1"})]
    oci_layout(f"{tmp_path}/layout", layers)
    with script("slow_registry.py", f"{tmp_path}/layout", "100000000") as served:
        try:
            assert served.stdout is not None
            host = f"127.0.0.1:{served.stdout.readline().strip()}"
            with script("download.py", host) as download:
                assert download.communicate()[0].strip() == str(sum(len(layer.packed()) for layer in layers))
            words = ["sbom", f"registry:{host}/bench:1", "--plain-http", host, "--platform", "linux/amd64"]
            ended = subprocess.run(
                [sys.executable, "-m", "oakum", *words], env=surroundings, capture_output=True, check=False
            )
            assert ended.returncode == 0, ended.stderr
        finally:
            served.terminate()
