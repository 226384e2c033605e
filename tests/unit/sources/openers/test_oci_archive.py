import os
from pathlib import Path

import pytest

from oakum.kit.errors import DamagedError, OakumError, UnreadableError, UsageError
from oakum.model.reading import Target
from oakum.sources.opener import OpenedTarget, SeveralError
from oakum.sources.openers.oci_archive import oci_archive
from oakum.testing import images

LAYERS = (images.Layer(files={"a": b"1"}), images.Layer(files={"b": b"2"}, packing="zstd"))


def opened(path: Path, wanted: str = "", platform: str = "") -> OpenedTarget:
    target = Target(f"oci-archive:{path}", "oci_archive", str(path), wanted=wanted, platform=platform)
    return oci_archive.open(target)


def archive(tmp_path: Path) -> Path:
    images.oci_archive(str(tmp_path / "app.tar"), str(tmp_path / "layout"))
    return tmp_path / "app.tar"


def test_each_layer_lies_where_its_place_says(tmp_path: Path) -> None:
    digest = images.oci_layout(str(tmp_path / "layout"), LAYERS, tag="1.2")
    found = opened(archive(tmp_path))
    assert (found.artifact.kind, found.artifact.digest, found.artifact.names) == ("oci_archive", digest, ("1.2",))
    for layer, place, made in zip(found.artifact.layers, found.places, LAYERS, strict=True):
        stored = os.pread(place.descriptor, place.size, place.offset)
        assert stored == made.packed()
        assert place.expected == layer.digest == images.digest_of(stored)
    assert [layer.instruction for layer in found.artifact.layers] == ["RUN step 1", "RUN step 2"]


def test_a_tag_or_a_digest_picks_one_of_several(tmp_path: Path) -> None:
    first = images.oci_layout(str(tmp_path / "layout"), LAYERS[:1], tag="1")
    second = images.oci_layout(str(tmp_path / "layout"), LAYERS, tag="2")
    path = archive(tmp_path)
    assert opened(path, "1").artifact.digest == first
    assert opened(path, second).artifact.digest == second
    with pytest.raises(UsageError, match="several") as several:
        opened(path)
    assert several.value.hint == "name one after a colon: 1, 2"
    with pytest.raises(UsageError, match="'3'"):
        opened(path, "3")


def test_a_platform_picks_one_of_an_index(tmp_path: Path) -> None:
    made = images.oci_index(str(tmp_path / "layout"), {"linux/amd64": LAYERS, "linux/arm64/v8": LAYERS[:1]})
    path = archive(tmp_path)
    found = opened(path, platform="linux/arm64")
    assert (found.artifact.digest, found.artifact.platform) == (made["linux/arm64/v8"], "linux/arm64")
    with pytest.raises(UnreadableError, match="no image for linux/s390x") as missing:
        opened(path, platform="linux/s390x")
    assert missing.value.hint == "--platform takes: linux/amd64, linux/arm64/v8"
    with pytest.raises(SeveralError) as several:
        opened(path, platform="all")
    assert several.value.platforms == tuple(f"{stated}@{digest}" for stated, digest in made.items())
    assert [opened(path, platform=one).artifact.digest for one in several.value.platforms] == list(made.values())


def test_of_an_index_only_what_the_archive_holds_is_offered(tmp_path: Path) -> None:
    made = images.oci_index(str(tmp_path / "layout"), {"linux/amd64": LAYERS, "linux/arm64": LAYERS[:1]})
    (tmp_path / "layout/blobs/sha256" / made["linux/arm64"][7:]).unlink()
    path = archive(tmp_path)
    assert opened(path, platform="all").artifact.digest == made["linux/amd64"]
    with pytest.raises(UnreadableError, match="no image for linux/arm64") as missing:
        opened(path, platform="linux/arm64")
    assert missing.value.hint == "--platform takes: linux/amd64"


def test_a_layer_that_is_not_there_says_so(tmp_path: Path) -> None:
    images.oci_layout(str(tmp_path / "layout"), LAYERS)
    (tmp_path / "layout/blobs/sha256" / images.digest_of(LAYERS[1].packed())[7:]).unlink()
    first, second = opened(archive(tmp_path)).places
    assert not first.missing
    assert "has no blob sha256:" in second.missing


def test_a_manifest_that_is_not_what_its_digest_says_is_refused(tmp_path: Path) -> None:
    digest = images.oci_layout(str(tmp_path / "layout"), LAYERS)
    (tmp_path / "layout/blobs/sha256" / digest[7:]).write_bytes(b"{}")
    with pytest.raises(DamagedError, match="not what its digest says"):
        opened(archive(tmp_path))


@pytest.mark.parametrize("digest", ["sha256:../../etc/passwd", "sha512:" + "0" * 128, ""])
def test_a_digest_that_is_none_names_no_member(digest: str, tmp_path: Path) -> None:
    images.put_index(str(tmp_path / "layout"), [{"digest": digest, "size": 2}])
    with pytest.raises(DamagedError, match="no sha256 digest"):
        opened(archive(tmp_path))


def test_an_index_and_an_image_at_once_is_refused(tmp_path: Path) -> None:
    layout = str(tmp_path / "layout")
    both = {"config": images.descriptor(b"{}", ""), "layers": [], "manifests": [images.descriptor(b"{}", "")]}
    images.put_index(layout, [images.put_json(layout, both, "")])
    with pytest.raises(DamagedError, match="at once"):
        opened(archive(tmp_path))


def test_indexes_in_indexes_come_to_an_end(tmp_path: Path) -> None:
    layout = str(tmp_path / "layout")
    pointer = images.descriptor(b"{}", "")
    for _ in range(9):
        pointer = images.put_json(layout, {"manifests": [pointer]}, "")
    images.put_index(layout, [pointer])
    with pytest.raises(DamagedError, match="nested too deep"):
        opened(archive(tmp_path))


@pytest.mark.parametrize("cut", [0, 100, 700, 3000])
def test_a_cut_archive_is_an_error_and_nothing_else(cut: int, tmp_path: Path) -> None:
    images.oci_layout(str(tmp_path / "layout"), LAYERS)
    path = archive(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(OakumError):
        opened(path)


def test_an_archive_of_docker_save_alone_is_no_layout(tmp_path: Path) -> None:
    images.docker_archive(str(tmp_path / "old.tar"), {"app:1": LAYERS})
    with pytest.raises(UnreadableError, match=r"no 'index\.json'") as refused:
        opened(tmp_path / "old.tar")
    assert refused.value.hint == "try docker-archive:"
