import gzip
import hashlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]


def layout(folder: pathlib.Path) -> pathlib.Path:
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    for blob in (gzip.compress(b"layer" * 1000), b"{}"):
        (blobs / hashlib.sha256(blob).hexdigest()).write_bytes(blob)
    return folder


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, os.fspath(ROOT / "bench" / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_gunzip_reads_a_whole_layout(tmp_path: pathlib.Path) -> None:
    done = run("gunzip.py", os.fspath(layout(tmp_path)))
    assert (done.returncode, done.stdout) == (0, "5002\n")


def test_gunzip_fails_on_a_wrong_digest(tmp_path: pathlib.Path) -> None:
    wrong = layout(tmp_path) / "blobs" / "sha256" / ("0" * 64)
    wrong.write_bytes(b"other")
    done = run("gunzip.py", os.fspath(tmp_path))
    assert done.returncode == 1
    assert "0" * 64 in done.stderr


def test_gunzip_fails_on_a_truncated_blob(tmp_path: pathlib.Path) -> None:
    cut = gzip.compress(b"layer" * 1000)[:-9]
    (layout(tmp_path) / "blobs" / "sha256" / hashlib.sha256(cut).hexdigest()).write_bytes(cut)
    assert run("gunzip.py", os.fspath(tmp_path)).returncode == 1


def test_pss_sees_a_grandchild() -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(0.4)'])"
    done = run("pss.py", sys.executable, "-c", child)
    assert done.returncode == 0
    assert int(done.stdout.split(" cpu, ")[1].split()[0]) > 0


def test_pss_passes_the_exit_code_on() -> None:
    assert run("pss.py", sys.executable, "-c", "raise SystemExit(3)").returncode == 3
