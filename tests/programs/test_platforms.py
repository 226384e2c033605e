"""Images of several platforms, and archives that are packed, by the command itself."""

import gzip
from pathlib import Path

import pytest

from oakum.testing.images import Layer, docker_archive, oci_archive, oci_index, oci_layout, tar_of

from .conftest import Oakum

STATUS = b"Package: %s\nStatus: install ok installed\nVersion: 1\n\n"
AMD, ARM = (
    Layer(files={"etc/os-release": b'ID=debian\nVERSION_ID="12"\n', "var/lib/dpkg/status": STATUS % name})
    for name in (b"amd", b"arm")
)
BOTH = {"linux/amd64": [AMD], "linux/arm64/v8": [ARM]}


def packages(document: dict[str, list[dict[str, str]]]) -> list[str]:
    return [package["name"] for package in document["packages"]]


@pytest.fixture(params=["layout", "app.tar", "app.tar.gz", "app.tar.zst"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    oci_index(str(tmp_path / "layout"), BOTH)
    if request.param != "layout":
        oci_archive(str(tmp_path / request.param), str(tmp_path / "layout"))
    return str(tmp_path / request.param)


def test_a_platform_picks_an_image(oakum: Oakum, target: str) -> None:
    for platform, package in (("linux/amd64", "amd"), ("linux/arm64", "arm"), ("linux/arm64/v8", "arm")):
        ended = oakum("sbom", target, "--platform", platform, "-f", "json")
        assert ended.code == 0, ended.err
        assert packages(ended.document) == [package]
    missing = oakum("sbom", target, "--platform", "linux/s390x")
    assert missing.code == 65
    assert "--platform takes: linux/amd64, linux/arm64/v8" in missing.err


def test_all_of_them_are_an_array(oakum: Oakum, target: str) -> None:
    ended = oakum("sbom", target, "--platform", "all", "-f", "json")
    assert ended.code == 0, ended.err
    assert [packages(document) for document in ended.document] == [["amd"], ["arm"]]
    assert [document["artifact"]["platform"] for document in ended.document] == ["linux/amd64", "linux/arm64"]
    assert ended.err.count("is taken for") == 1


def test_all_of_them_by_format(oakum: Oakum, tmp_path: Path) -> None:
    oci_index(str(tmp_path / "layout"), BOTH)
    refused = oakum("sbom", str(tmp_path / "layout"), "--platform", "all", "-f", "cyclonedx-json")
    assert refused.code == 64
    assert "-o reports/" in refused.err
    written = oakum("sbom", str(tmp_path / "layout"), "--platform", "all", "-f", "spdx-json", "-o", f"{tmp_path}/out/")
    assert written.code == 0, written.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["linux-amd64.json", "linux-arm64.json"]
    assert "pkg:deb/debian/arm@1" in (tmp_path / "out" / "linux-arm64.json").read_text()
    table = oakum("sbom", str(tmp_path / "layout"), "--platform", "all", "-f", "table").out.decode()
    assert table.index("linux/amd64") < table.index("linux/arm64")


def test_all_of_one_is_an_array_of_one(oakum: Oakum, tmp_path: Path) -> None:
    oci_layout(str(tmp_path / "layout"), [AMD])
    docker_archive(str(tmp_path / "saved.tar"), {"app:1": [AMD]})
    for name in ("layout", "saved.tar"):
        (document,) = oakum("sbom", str(tmp_path / name), "--platform", "all", "-f", "json").document
        assert packages(document) == ["amd"]


def test_other_commands_say_that_they_take_one(oakum: Oakum, tmp_path: Path) -> None:
    oci_index(str(tmp_path / "layout"), BOTH)
    ended = oakum("explain", str(tmp_path / "layout"), "CVE-2026-1", "--platform", "all")
    assert ended.code == 64
    assert "images for 2 platforms" in ended.err


@pytest.mark.parametrize("name", ["root.tar", "root.tar.gz"])
def test_a_root_file_system_in_a_tar(oakum: Oakum, name: str, tmp_path: Path) -> None:
    data = tar_of(AMD)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    ended = oakum("sbom", str(tmp_path / name), "-f", "json")
    assert ended.code == 0, ended.err
    assert packages(ended.document) == ["amd"]
    assert ended.document["artifact"]["kind"] == "tar"
    assert not {"damaged-layer", "unconfined"} & ended.gap_kinds()


def test_a_packed_archive_of_docker_save(oakum: Oakum, tmp_path: Path) -> None:
    docker_archive(str(tmp_path / "app.tar"), {"app:1": [AMD]})
    packed = gzip.compress((tmp_path / "app.tar").read_bytes())
    (tmp_path / "app.tar.gz").write_bytes(packed)
    for _ in range(2):  # the second time from the cache
        ended = oakum("sbom", f"docker-archive:{tmp_path}/app.tar.gz", "-f", "json")
        assert packages(ended.document) == ["amd"]
    (tmp_path / "cut.tar.gz").write_bytes(packed[:-20])
    cut = oakum("sbom", f"docker-archive:{tmp_path}/cut.tar.gz")
    assert cut.code == 65
    assert "ends early" in cut.err
