import gzip
import os
import tarfile
from pathlib import Path

import pytest

from oakum.kit.errors import UnreadableError
from oakum.model.reading import Target
from oakum.sources.opener import OpenedTarget
from oakum.sources.openers.tar import tar
from oakum.testing import images

LAYERS = (images.Layer(files={"etc/os-release": b"ID=debian\n"}), images.Layer(files={"a": b"1"}))


def opened(path: Path, platform: str = "") -> OpenedTarget:
    return tar.open(Target(f"tar:{path}", "tar", str(path), platform=platform))


def test_an_archive_of_docker_save_is_one(tmp_path: Path) -> None:
    images.docker_archive(str(tmp_path / "app.tar"), {"app:1": LAYERS})
    assert opened(tmp_path / "app.tar").artifact.kind == "docker_archive"


def test_a_layout_in_a_tar_is_one(tmp_path: Path) -> None:
    images.oci_layout(str(tmp_path / "layout"), LAYERS)
    images.oci_archive(str(tmp_path / "app.tar"), str(tmp_path / "layout"))
    assert opened(tmp_path / "app.tar").artifact.kind == "oci_archive"


def test_of_both_manifests_the_index_knows_platforms(tmp_path: Path) -> None:
    images.docker_archive(str(tmp_path / "saved.tar"), {"app:1": LAYERS})
    images.oci_layout(str(tmp_path / "both"), LAYERS)
    with tarfile.open(tmp_path / "saved.tar") as saved:
        for member in saved:
            data = saved.extractfile(member)
            assert data
            (tmp_path / "both" / member.name).parent.mkdir(exist_ok=True)
            (tmp_path / "both" / member.name).write_bytes(data.read())
    images.oci_archive(str(tmp_path / "app.tar"), str(tmp_path / "both"))
    assert opened(tmp_path / "app.tar").artifact.kind == "docker_archive"
    assert opened(tmp_path / "app.tar", "linux/amd64").artifact.kind == "oci_archive"


@pytest.mark.parametrize("first", [[], [images.entry(".", tarfile.DIRTYPE), images.entry("./etc", tarfile.DIRTYPE)]])
def test_a_root_file_system_is_one_layer(first: list[tarfile.TarInfo], tmp_path: Path) -> None:
    data = images.written([*((info, b"") for info in first), (images.entry("etc/os-release"), b"ID=debian\n")])
    (tmp_path / "root.tar").write_bytes(data)
    found = opened(tmp_path / "root.tar")
    (place,) = found.places
    assert found.artifact.kind == "tar"
    assert place.plain
    assert os.pread(place.descriptor, place.size, place.offset) == data


@pytest.mark.parametrize("data", [images.written([(images.entry("setup.py"), b"")]), b"", b"no tar", bytes(1024)])
def test_what_holds_neither_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(data)
    with pytest.raises(UnreadableError):
        opened(tmp_path / "a.tar")


def test_a_tar_that_nobody_unpacked_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(images.written([(images.entry("etc/a"), b"")])))
    with pytest.raises(UnreadableError, match="no tar archive"):
        opened(tmp_path / "a.tar.gz")
