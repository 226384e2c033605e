"""Words, databases, caches, disks and signals that are against a scan."""

import compileall
import errno
import gzip
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest

from oakum.testing import images
from oakum.testing.images import Layer, docker_archive, entry, oci_layout, written

STATUS = b"Package: zlib1g\nStatus: install ok installed\nSource: zlib\nVersion: 1:1.2.13.dfsg-1\n\n"
BASE = Layer(files={"etc/os-release": b'ID=debian\nVERSION_ID="12"\n', "var/lib/dpkg/status": STATUS})
Refused = Callable[..., str]
Oakum = Callable[..., Any]
SECONDS = 60


@pytest.fixture
def image(tmp_path: Path) -> str:
    """An image that has settled, so that its identity counts."""
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"app:1": [BASE, Layer(files={"x": b"1"})]})
    return f"docker-archive:{path}"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (64, ["scan", "--no-such-option", "x"]),
        (64, ["scan", "-f", "nonsense", "x"]),
        (64, ["scan", "--fail-on", "nonsense", "x"]),
        (64, ["scan", "--scanners", "nonsense", "dir:/etc"]),
        (64, ["scan", "--scanners", "", "dir:/etc"]),
        (64, ["nonsense"]),
        (64, ["scan", "dir:"]),
        (64, ["scan", "docker:"]),
        (64, ["scan", "a", "b"]),
        (65, ["scan", "dir:/nowhere/at/all"]),
        (65, ["scan", "oci-layout:/nowhere"]),
        (65, ["sbom", "docker-archive:/nowhere"]),
        (69, ["scan", "no-such-image:1"]),
        (69, ["scan", "docker:no-such-image:1"]),
        (65, ["scan", "no\x1b[31msuch"]),
    ],
)
def test_words_that_are_off_have_their_exit_code(refused: Refused, code: int, words: list[str]) -> None:
    assert refused(code, *words).isprintable()


def test_an_engine_that_cannot_be_spoken_to_is_said(refused: Refused) -> None:
    refused(69, "scan", "app:1", env={"DOCKER_HOST": "tcp://127.0.0.1:1"})
    refused(64, "scan", "app:1", env={"DOCKER_HOST": "ssh://somewhere"})


def database(path: Path, harm: str) -> None:
    if harm == "missing":
        return
    if harm == "garbage":
        path.write_bytes(os.urandom(5000))
    elif harm == "empty":
        path.write_bytes(b"")
    elif harm == "folder":
        path.mkdir()
    else:
        connection = apsw.Connection(str(path))
        connection.execute("create table t (x); insert into t values (1)")
        connection.pragma("user_version", 999)
        connection.close()
        if harm == "cut":
            os.truncate(path, path.stat().st_size - 100)


@pytest.mark.parametrize("harm", ["missing", "garbage", "empty", "folder", "other", "cut"])
def test_a_database_that_cannot_be_used_is_said_before_anything_is_read(
    tmp_path: Path, image: str, refused: Refused, harm: str
) -> None:
    path = tmp_path / "own.db"
    database(path, harm)
    assert str(path) in refused(78, "scan", image, "--db", str(path))
    assert str(path) in refused(78, "scan", image, env={"OAKUM_DB": str(path)})


@pytest.mark.parametrize("harm", ["garbage", "other", "folder", "cut"])
def test_a_cache_that_cannot_be_used_costs_time_alone(tmp_path: Path, image: str, oakum: Oakum, harm: str) -> None:
    fresh = oakum("scan", image, "--no-cache")
    (tmp_path / "cache").mkdir(exist_ok=True)
    database(tmp_path / "cache" / "facts.db", harm)
    ended = oakum("scan", image)
    assert ended.code == 0
    assert ended.packages() == fresh.packages()
    assert harm in {"other", "cut"} or "not-kept" in ended.gap_kinds()


def test_stored_facts_that_are_garbage_are_read_again(tmp_path: Path, image: str, oakum: Oakum) -> None:
    fresh = oakum("scan", image)
    connection = apsw.Connection(str(tmp_path / "cache" / "facts.db"))
    connection.execute(
        "update outcome set body = x'ff00'; update tree set body = x'c1'; update artifact set body = x'91'"
    )
    connection.close()
    ended = oakum("scan", image)
    assert ended.code == 0
    assert ended.packages() == fresh.packages()


@pytest.mark.parametrize("place", ["/dev/null/x", "/proc/x"])
def test_a_cache_that_cannot_be_made_is_a_gap(image: str, oakum: Oakum, place: str) -> None:
    ended = oakum("scan", image, env={"OAKUM_CACHE_DIR": place})
    assert (ended.code, ended.err) == (0, "")
    assert "not-kept" in ended.gap_kinds()
    assert ended.packages()


def test_an_image_without_layers_has_the_gap_as_well(tmp_path: Path, oakum: Oakum) -> None:
    docker_archive(str(tmp_path / "empty.tar"), {"app:1": []})
    ended = oakum("scan", f"docker-archive:{tmp_path}/empty.tar", env={"OAKUM_CACHE_DIR": "/dev/null/x"})
    assert (ended.code, ended.err, ended.packages()) == (0, "", set())
    assert "not-kept" in ended.gap_kinds()


def test_a_cache_that_may_only_be_read_is_a_gap(tmp_path: Path, image: str, oakum: Oakum) -> None:
    fresh = oakum("scan", image)
    for file in (tmp_path / "cache").iterdir():
        file.chmod(0o400)
    (tmp_path / "cache").chmod(0o500)
    ended = oakum("scan", image)
    (tmp_path / "cache").chmod(0o700)
    assert (ended.code, ended.err) == (0, "")
    assert ended.packages() == fresh.packages()
    assert os.geteuid() == 0 or "not-kept" in ended.gap_kinds()  # nothing is read-only for root


def test_what_is_kept_is_private_and_reading_without_cache_keeps_nothing(
    tmp_path: Path, image: str, oakum: Oakum
) -> None:
    oakum("scan", image, "--no-cache")
    assert not (tmp_path / "cache").exists()
    oakum("scan", image)
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    for file in (tmp_path / "cache").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_the_report_from_the_cache_is_the_same_byte_for_byte(tmp_path: Path, image: str, oakum: Oakum) -> None:
    os.utime(tmp_path / "image.tar", (1_000_000_000, 1_000_000_000))
    time.sleep(2.1)  # a file that changed just now is never believed
    oci_layout(str(tmp_path / "layout"), [BASE])
    fresh = [oakum("scan", target, "--no-cache").out for target in (image, f"oci-layout:{tmp_path}/layout")]
    for _ in range(2):
        assert [oakum("scan", target).out for target in (image, f"oci-layout:{tmp_path}/layout")] == fresh


def test_scans_at_once_share_one_cache(image: str, oakum: Oakum) -> None:
    ended: list[Any] = []
    threads = [threading.Thread(target=lambda: ended.append(oakum("scan", image))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.code for one in ended] == [0] * 4
    assert len({one.out for one in ended}) == 1
    assert "not-kept" not in ended[0].gap_kinds()


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """Python keeps what it compiles, and where files may not grow it keeps a part: then nothing runs any more."""
    compileall.compile_dir(Path(__file__).parents[2] / "src", quiet=2)


def small_files() -> None:
    """One processor, so that what the parser shares with its parent fits, and nothing else does."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


def tiny_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def test_a_parser_that_cannot_be_started_is_said(image: str, refused: Refused) -> None:
    assert "parser" in refused(69, "scan", image, before=tiny_files)


def test_a_full_disk_is_a_gap_of_the_cache_and_an_error_of_the_document(tmp_path: Path, oakum: Oakum) -> None:
    image = str(tmp_path / "large.tar")
    status = b"".join(STATUS.replace(b"zlib1g", b"package%d" % number) for number in range(200))
    docker_archive(image, {"a:1": [Layer(files={**BASE.files, "var/lib/dpkg/status": status})]})
    ended = oakum("scan", f"docker-archive:{image}", before=small_files)
    assert (ended.code, ended.err) == (0, "")
    assert "not-kept" in ended.gap_kinds()
    out = tmp_path / "report.json"
    ended = oakum("scan", image, "-o", str(out), before=small_files)
    assert (ended.code, ended.out) == (69, b"")
    assert not out.exists()
    assert not list(tmp_path.glob("*.tmp"))


def test_a_file_too_large_for_memory_on_a_full_disk_is_a_gap_that_is_not_kept(tmp_path: Path, oakum: Oakum) -> None:
    docker_archive(str(tmp_path / "image.tar"), {"a:1": [BASE, Layer(files={"app.jar": bytes(9 << 20)})]})
    oakum("scan", "--scanners", "packages", f"{tmp_path}/image.tar", "--no-cache")
    ended = oakum("scan", f"{tmp_path}/image.tar", before=small_files)
    assert ended.code == 0
    assert any("put aside" in gap["what"] for gap in ended.document["gaps"])


def test_a_full_standard_output_is_an_error(image: str, surroundings: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        words = [sys.executable, "-m", "oakum", "scan", image]
        ended = subprocess.run(
            words, env=surroundings, stdout=full, stderr=subprocess.PIPE, check=False, timeout=SECONDS
        )
    assert ended.returncode == 69
    assert ended.stderr.decode().count("\n") == 1
    assert os.strerror(errno.ENOSPC) in ended.stderr.decode()


@pytest.mark.parametrize("place", ["/nowhere/report.json", "/dev/null/x", "/proc/report"])
def test_a_place_that_cannot_be_written_is_an_error(image: str, refused: Refused, place: str) -> None:
    assert place in refused(77, "scan", image, "-o", place)


def test_a_reader_that_has_enough_is_no_error(image: str, surroundings: dict[str, str]) -> None:
    words = [sys.executable, "-m", "oakum", "scan", image]
    with subprocess.Popen(words, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout
        started.stdout.close()
        error = started.stderr.read() if started.stderr else b""
    assert b"Traceback" not in error


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_standard_stream_that_is_closed_does_not_harm(tmp_path: Path, image: str, oakum: Oakum, number: int) -> None:
    path = tmp_path / "report.json"
    ended = oakum("scan", image, "-o", str(path), before=lambda: os.close(number))
    assert ended.code == 0
    assert json.loads(path.read_bytes())["packages"]
    assert oakum("scan", image, before=lambda: os.close(number)).code == 0


def test_the_document_goes_to_a_file_whole(tmp_path: Path, image: str, oakum: Oakum) -> None:
    ended = oakum("scan", image, "-o", str(tmp_path / "report.json"))
    assert (ended.code, ended.out, ended.err) == (0, b"", "")
    assert json.loads((tmp_path / "report.json").read_bytes())["packages"]


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def slow(tmp_path: Path) -> str:
    """A layer that takes some seconds: gigabytes of unwanted zeros, packed into a few megabytes."""
    head = bytearray(written([(entry("zeros"), b"")], tarfile.USTAR_FORMAT)[:512])
    head[124:136] = b"\x80" + (240 << 26).to_bytes(11, "big")
    packed = gzip.compress(bytes(head)) + gzip.compress(bytes(1 << 26)) * 240
    folder = str(tmp_path / "slow")
    stored = [BASE.packed(), packed]
    config = images.config_of([BASE])
    manifest = {
        "schemaVersion": 2,
        "config": images.descriptor(config, "application/vnd.oci.image.config.v1+json"),
        "layers": [images.descriptor(data, "application/vnd.oci.image.layer.v1.tar+gzip") for data in stored],
    }
    for data in (config, *stored):
        images.put_blob(folder, data)
    images.put_index(folder, [images.put_json(folder, manifest, "application/vnd.oci.image.manifest.v1+json")])
    return f"oci-layout:{folder}"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)], ids=["INT", "TERM", "KILL"]
)
def test_an_end_from_outside_leaves_no_process_and_no_file(
    tmp_path: Path, slow: str, surroundings: dict[str, str], number: int, code: int
) -> None:
    words = [sys.executable, "-m", "oakum", "scan", slow, "-o", str(tmp_path / "out.json")]
    with subprocess.Popen(words, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        until(lambda: bool(children(started.pid)) and (tmp_path / "cache" / "facts.db").exists())
        parser = children(started.pid)[0]
        time.sleep(0.3)
        assert not gone(parser)
        started.send_signal(number)
        out, error = started.communicate(timeout=SECONDS)
    assert (started.returncode, out) == (code, b"")
    assert b"Traceback" not in error
    until(lambda: gone(parser))
    assert not list(tmp_path.glob("out.json*"))
    assert {file.name.split("-")[0] for file in (tmp_path / "cache").iterdir()} <= {"facts.db", "starter"}


def test_a_parser_that_is_killed_is_started_again(slow: str, surroundings: dict[str, str]) -> None:
    words = [sys.executable, "-m", "oakum", "scan", slow, "--scanners", "packages"]
    with subprocess.Popen(words, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        until(lambda: bool(children(started.pid)))
        first = children(started.pid)[0]
        time.sleep(0.3)
        os.kill(first, signal.SIGKILL)
        out, error = started.communicate(timeout=SECONDS)
    assert (started.returncode, error) == (0, b"")
    assert [package["name"] for package in json.loads(out)["packages"]] == ["zlib1g"]
