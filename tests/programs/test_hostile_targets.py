"""Targets that are broken or made to do harm: each ends with its exit code and one line, or with a gap."""

import gzip
import json
import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.testing.images import Layer, digest_of, docker_archive, entry, oci_layout, put_blob, tar_of

DEBIAN = b'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'
STATUS = b"Package: zlib1g\nStatus: install ok installed\nSource: zlib\nVersion: 1:1.2.13.dfsg-1\n\n"
BASE = Layer(files={"etc/os-release": DEBIAN, "var/lib/dpkg/status": STATUS})
Refused = Callable[..., str]
Oakum = Callable[..., Any]


def sees_zlib(purls: set[str]) -> bool:
    return any(purl.startswith("pkg:deb/debian/zlib1g@1") for purl in purls)


def archive(tmp_path: Path, *layers: Layer) -> Path:
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"app:1": layers})
    return path


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.6, 0.8])
def test_an_archive_that_is_cut_off_cannot_be_read(tmp_path: Path, refused: Refused, share: float) -> None:
    path = archive(tmp_path, BASE, Layer(files={"big": os.urandom(40_000)}))
    os.truncate(path, int(path.stat().st_size * share))
    assert str(path) in refused(65, "scan", f"docker-archive:{path}")


_NO_ARCHIVES = (gzip.compress(b"no tar"), gzip.compress(bytes(4096)), b"\x1f\x8b\x08noise", b"\x1f\x8b")


@pytest.mark.parametrize("packed", _NO_ARCHIVES, ids=["text", "zeros", "noise", "cut"])
@pytest.mark.parametrize("prefix", ["docker-archive:", "oci-archive:", "tar:", ""])
def test_what_is_packed_and_no_archive_cannot_be_read(
    tmp_path: Path, refused: Refused, prefix: str, packed: bytes
) -> None:
    (tmp_path / "image.tar.gz").write_bytes(packed)
    refused(65, "scan", "-q", f"{prefix}{tmp_path}/image.tar.gz")


@pytest.mark.parametrize(
    "content", [b"", b"no tar", bytes(4096), os.urandom(5000)], ids=["empty", "text", "zeros", "noise"]
)
def test_what_is_no_archive_cannot_be_read(tmp_path: Path, refused: Refused, content: bytes) -> None:
    path = tmp_path / "image.tar"
    path.write_bytes(content)
    refused(65, "scan", str(path))


@pytest.mark.parametrize(
    "place",
    [
        "docker-archive:/dev/null",
        "docker-archive:/dev/zero",
        "oci-layout:/",
        "docker-archive:/",
        "oci-layout:/dev/null",
    ],
)
def test_places_that_hold_no_image_cannot_be_read(refused: Refused, place: str) -> None:
    refused(65, "scan", place)


def test_a_pipe_in_an_archives_place_does_not_block(tmp_path: Path, refused: Refused) -> None:
    os.mkfifo(tmp_path / "image.tar")
    refused(65, "scan", f"docker-archive:{tmp_path}/image.tar")


def test_a_layer_of_another_digest_is_a_gap_and_nothing_of_it_is_believed(tmp_path: Path, oakum: Oakum) -> None:
    evil = Layer(files={"evil.dist-info/METADATA": b"Metadata-Version: 2.1\nName: evil\nVersion: 1\n"})
    good = Layer(files={"good.dist-info/METADATA": b"Metadata-Version: 2.1\nName: good\nVersion: 1\n"})
    oci_layout(str(tmp_path), [BASE, good])
    Path(put_blob(str(tmp_path), good.packed())).write_bytes(evil.packed())
    ended = oakum("scan", f"oci-layout:{tmp_path}")
    assert ended.code == 0
    assert "damaged-layer" in ended.gap_kinds()
    assert sees_zlib(ended.packages())
    assert not any("evil" in purl or "good" in purl for purl in ended.packages())
    assert oakum("scan", f"oci-layout:{tmp_path}", "--fail-on", "critical").code == 2


@pytest.mark.parametrize("harm", ["cut", "crc", "gone", "pipe", "folder"])
def test_a_damaged_layer_is_a_gap_and_the_others_are_read(tmp_path: Path, oakum: Oakum, harm: str) -> None:
    other = Layer(files={"x": os.urandom(50_000)})
    oci_layout(str(tmp_path), [BASE, other])
    blob = Path(put_blob(str(tmp_path), other.packed()))
    data = blob.read_bytes()
    blob.unlink()
    if harm == "cut":
        blob.write_bytes(data[:20_000])
    elif harm == "crc":
        blob.write_bytes(data[:-8] + bytes(8))
    elif harm == "pipe":
        os.mkfifo(blob)
    elif harm == "folder":
        blob.mkdir()
    ended = oakum("scan", f"oci-layout:{tmp_path}")
    assert (ended.code, ended.err) == (0, "")
    assert "damaged-layer" in ended.gap_kinds()
    assert sees_zlib(ended.packages())


def test_an_image_of_which_nothing_can_be_read_is_refused(tmp_path: Path, refused: Refused) -> None:
    oci_layout(str(tmp_path), [BASE])
    Path(put_blob(str(tmp_path), BASE.packed())).write_bytes(b"x")
    assert "nothing could be read" in refused(65, "scan", f"oci-layout:{tmp_path}")


def test_a_manifest_of_another_digest_is_refused(tmp_path: Path, refused: Refused) -> None:
    digest = oci_layout(str(tmp_path), [BASE])
    path = tmp_path / "blobs" / "sha256" / digest[7:]
    path.write_bytes(path.read_bytes() + b" ")
    assert digest in refused(65, "scan", f"oci-layout:{tmp_path}")


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_bomb_is_a_gap_in_bounded_memory(tmp_path: Path, oakum: Oakum, packing: str) -> None:
    """A gigabyte of zeros in a wanted file, in an address space that could not hold it twice."""
    head = bytearray(tar_of(Layer(files={"big/package.json": b""}))[:512])
    head[124:136] = b"%011o\0" % (1 << 30)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    bomb = Layer(tar=bytes(head) + bytes(1 << 26), packing=packing)
    ended = oakum("scan", str(archive(tmp_path, BASE, bomb)))
    assert ended.code == 0
    assert ended.gap_kinds() & {"limit", "damaged-layer"}
    assert sees_zlib(ended.packages())


def test_names_that_leave_the_root_devices_and_loops_harm_nothing(tmp_path: Path, oakum: Oakum) -> None:
    raw = [
        (entry("../../../../etc/cron.d/evil"), b"x"),
        (entry("/etc/absolute"), b"x"),
        (entry("dev/sda", tarfile.BLKTYPE), b""),
        (entry("dev/null", tarfile.CHRTYPE), b""),
        (entry("run/pipe", tarfile.FIFOTYPE), b""),
        (entry("loop/a", tarfile.SYMTYPE, "b"), b""),
        (entry("loop/b", tarfile.SYMTYPE, "a"), b""),
        (entry("loop/here", tarfile.SYMTYPE, "."), b""),
        (entry("self", tarfile.LNKTYPE, "self"), b""),
        (entry("../var/lib/dpkg/status.d/up"), b"Package: up\nStatus: install ok installed\nVersion: 1\n\n"),
    ]
    ended = oakum("scan", f"docker-archive:{archive(tmp_path, BASE, Layer(raw=raw))}")
    assert (ended.code, ended.err) == (0, "")
    assert sees_zlib(ended.packages())
    assert not Path("/etc/cron.d/evil").exists()


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_a_device_in_a_database_s_place_is_no_database(tmp_path: Path, oakum: Oakum, kind: bytes) -> None:
    raw = [(entry("var/lib/dpkg/status", kind), b"")]
    ended = oakum("scan", str(archive(tmp_path, Layer(files={"etc/os-release": DEBIAN}), Layer(raw=raw))))
    assert ended.code == 0
    assert kind == tarfile.DIRTYPE or "unreadable-file" in ended.gap_kinds()


def test_symlink_loops_and_pipes_in_a_folder_do_not_hold_the_scan(tmp_path: Path, oakum: Oakum) -> None:
    root = tmp_path / "root"
    (root / "etc").mkdir(parents=True)
    (root / "var/lib/dpkg").mkdir(parents=True)
    (root / "etc/os-release").write_bytes(DEBIAN)
    (root / "var/lib/dpkg/status").write_bytes(STATUS)
    (root / "loop").symlink_to(root)
    (root / "etc/again").symlink_to("..")
    (root / "etc/package.json").symlink_to("package.json")
    os.mkfifo(root / "pipe")
    os.mkfifo(root / "etc/EGG.egg-info")
    (root / ".wh.etc").write_bytes(b"")
    (root / os.fsdecode(b"bad\xff\xfename")).mkdir()
    (root / os.fsdecode(b"bad\xff\xfename") / "package.json").write_bytes(b"{")
    ended = oakum("scan", f"rootfs:{root}")
    assert (ended.code, ended.err) == (0, "")
    assert sees_zlib(ended.packages())


NASTY = [
    "\x1b]0;owned\x07",
    "\x1b[2J",
    "a\u202egnp.exe",
    "tab\tnew\nline",
    "\x9b5m",
    "\x7f\x08\x08",
    "\u200b\u2066x",
]


@pytest.mark.parametrize("form", ["table", "json"])
def test_hostile_names_never_act_on_the_terminal(tmp_path: Path, oakum: Oakum, form: str) -> None:
    files = {
        f"app{number}/node_modules/x{nasty.replace('/', '')}/package.json": json.dumps(
            {"name": f"x{nasty}", "version": f"1{nasty}", "license": nasty}
        ).encode()
        for number, nasty in enumerate(NASTY)
    }
    broken = {f"{nasty}/node_modules/b/package.json": b"{" for nasty in NASTY}
    layers = [BASE, Layer(files=files), Layer(files=broken)]
    ended = oakum("scan", "-f", form, str(archive(tmp_path, *layers)))
    assert ended.code == 0
    text = ended.out.decode()
    if form == "json":  # marks and C1 codes are text there as everywhere in JSON; what it may not hold is below 32
        assert not [letter for letter in text if letter < " " and letter != "\n"]
    else:
        assert not [letter for letter in text if not letter.isprintable() and letter != "\n"]


def test_hostile_words_never_act_on_the_terminal(refused: Refused) -> None:
    for nasty in NASTY:
        line = refused(65, "scan", f"docker-archive:/nowhere/{nasty}".replace("\n", ""))
        assert line.isprintable()


def test_a_name_that_is_no_utf_8_is_the_callers_matter(tmp_path: Path, refused: Refused) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.tar")
    Path(path).write_bytes(b"")
    refused(64, "scan", f"docker-archive:{path}")


def test_the_same_image_in_either_form_is_the_same_report(tmp_path: Path, oakum: Oakum) -> None:
    layers = [BASE, Layer(files={"a.dist-info/METADATA": b"Name: jinja2\nVersion: 2.4\n"}, packing="zstd")]
    oci_layout(str(tmp_path / "layout"), layers)
    forms = [f"oci-layout:{tmp_path}/layout", f"docker-archive:{archive(tmp_path, *layers)}"]
    docker_archive(str(tmp_path / "old.tar"), {"app:1": layers}, blobs=False)
    forms.append(f"docker-archive:{tmp_path}/old.tar")
    reports = [oakum("scan", form).document for form in forms]
    purls = [[(package["purl"], package["layer"]["index"]) for package in report["packages"]] for report in reports]
    assert purls[0] == purls[1] == purls[2]
    assert any("jinja2" in purl for purl, _ in purls[0])
    found = [[(one["id"], one["package"]) for one in report["vulnerabilities"]] for report in reports]
    assert found[0]
    assert found[0] == found[1] == found[2]


def test_a_blob_that_has_the_stated_digest_but_is_no_layer_is_a_gap(tmp_path: Path, oakum: Oakum) -> None:
    noise = Layer(tar=os.urandom(3000), packing="")
    ended = oakum("scan", str(archive(tmp_path, BASE, noise)))
    assert ended.code == 0
    assert "damaged-layer" in ended.gap_kinds()
    assert digest_of(noise.packed())[7:]
