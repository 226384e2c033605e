import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET

from bench import growth
from bench.made_image import header, layout, one_large, tar
from bench.plot import Series, plot


def scanned(command: list[str], tmp_path: pathlib.Path) -> dict[str, object]:
    """The report of a command that writes it to nowhere."""
    out = tmp_path / "report.json"
    words = [os.fspath(out) if word == os.devnull else word for word in command]
    environment = {**os.environ, "OAKUM_CACHE_DIR": os.fspath(tmp_path / "cache")}
    subprocess.run([sys.executable, *words[1:]], env=environment, check=True, capture_output=True)
    report: dict[str, object] = json.loads(out.read_text())
    return report


def test_a_made_image_is_a_tar_for_others_too(tmp_path: pathlib.Path) -> None:
    folder = layout(os.fspath(tmp_path / "image"), [tar([("a/b.txt", b"hello")])])
    blobs = pathlib.Path(folder, "blobs", "sha256")
    stored = {path.name: path.read_bytes() for path in blobs.iterdir()}
    assert all(hashlib.sha256(data).hexdigest() == name for name, data in stored.items())
    packed = next(path for path in blobs.iterdir() if path.read_bytes().startswith(b"\x1f\x8b"))
    with tarfile.open(packed) as archive:
        assert [(one.name, one.size) for one in archive] == [("a/b.txt", 5)]


def test_a_large_file_has_the_size_that_its_header_says() -> None:
    made = b"".join(one_large("big", 2))
    read = tarfile.TarInfo.frombuf(made[:512], "utf-8", "strict")
    assert (read.name, read.size) == ("big", 2 << 20)
    assert len(made) == 512 + (2 << 20) + 1024


def test_a_header_holds_sizes_beyond_eight_gigabytes() -> None:
    assert tarfile.TarInfo.frombuf(header("big", 1 << 40), "utf-8", "strict").size == 1 << 40


def test_what_is_scanned_has_the_packages_that_it_was_made_with(tmp_path: pathlib.Path) -> None:
    report = scanned(growth.layers(os.fspath(tmp_path / "layers"), 3), tmp_path)
    assert len(report["packages"]) == 6  # type: ignore[arg-type]
    assert report["gaps"] == []


def test_a_tenth_of_the_matched_packages_is_affected(tmp_path: pathlib.Path) -> None:
    report = scanned(growth.packages(os.fspath(tmp_path / "packages"), 20), tmp_path)
    assert len(report["packages"]) == 20  # type: ignore[arg-type]
    named = sorted(one["package"]["name"] for one in report["vulnerabilities"])  # type: ignore[attr-defined]
    assert named == ["p0", "p10"]


def test_a_plot_shows_its_points_and_escapes_its_words() -> None:
    drawn = ET.fromstring(plot("a < b", "files", [Series("wall, s", [(10, 0.1), (1000, 7)])]))  # noqa: S314 - our own
    inside = "{http://www.w3.org/2000/svg}"
    assert drawn[1].text == "a < b"
    places = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in drawn.iter(f"{inside}circle")]
    assert len(places) == 2
    assert places[0][0] < places[1][0]
    assert places[0][1] > places[1][1]
