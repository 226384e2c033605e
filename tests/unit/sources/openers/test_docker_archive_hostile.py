import gzip
import json
import os
import tarfile
from pathlib import Path

import pytest

from oakum.kit.errors import OakumError, UnreadableError, UsageError
from oakum.model.reading import Target
from oakum.sources.opener import OPENERS, OpenedTarget
from oakum.testing import images
from oakum.testing.images import Layer, docker_archive, entry, written

ONE, TWO = Layer(files={"a": b"1"}), Layer(files={"b": b"2"}, packing="")


def opened(path: Path, wanted: str = "") -> OpenedTarget:
    return OPENERS.load("docker_archive").open(Target("t", "docker_archive", str(path), wanted=wanted))


def contents(path: Path, found: OpenedTarget) -> list[bytes]:
    data = path.read_bytes()
    return [data[place.offset : place.offset + place.size] for place in found.places]


def test_blobs_are_held_to_their_names_and_unpacked_layers_to_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"app:1": [ONE, TWO]})
    found = opened(path)
    assert contents(path, found) == [ONE.packed(), TWO.unpacked()]
    assert [place.expected for place in found.places] == [
        images.digest_of(ONE.packed()),
        images.digest_of(TWO.unpacked()),
    ]
    assert found.artifact.image_id == images.digest_of(images.config_of([ONE, TWO]))
    assert found.artifact.platform == "linux/amd64"


def test_equal_layers_of_old_engines_are_links_to_the_first(tmp_path: Path) -> None:
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"app:1": [ONE, TWO, ONE]}, blobs=False)
    found = opened(path)
    assert contents(path, found) == [ONE.unpacked(), TWO.unpacked(), ONE.unpacked()]
    assert len({place.offset for place in found.places}) == 2


@pytest.mark.parametrize(("kind", "link"), [(tarfile.LNKTYPE, "x/layer.tar"), (tarfile.SYMTYPE, "../x/layer.tar")])
def test_hard_links_are_from_the_root_and_symbolic_ones_from_their_folder(
    tmp_path: Path, kind: bytes, link: str
) -> None:
    saved = [{"Config": "c.json", "RepoTags": None, "Layers": ["x/layer.tar", "y/layer.tar"]}]
    members = [
        (entry("c.json"), images.config_of([ONE, ONE])),
        (entry("x/layer.tar"), ONE.unpacked()),
        (entry("y/layer.tar", kind, link), b""),
        (entry("manifest.json"), json.dumps(saved).encode()),
    ]
    path = tmp_path / "image.tar"
    path.write_bytes(written(members))
    assert contents(path, opened(path)) == [ONE.unpacked()] * 2


def test_a_layer_packed_without_a_digest_in_its_name_is_held_to_the_configuration(tmp_path: Path) -> None:
    saved = [{"Config": "c.json", "RepoTags": [], "Layers": ["l.tar.gz"]}]
    members = [
        (entry("c.json"), images.config_of([ONE])),
        (entry("l.tar.gz"), ONE.packed()),
        (entry("manifest.json"), json.dumps(saved).encode()),
    ]
    path = tmp_path / "image.tar"
    path.write_bytes(written(members))
    assert [place.expected for place in opened(path).places] == [""]
    assert opened(path).artifact.layers[0].diff_id == images.digest_of(ONE.unpacked())


def test_one_of_several_images_is_picked_by_its_tag(tmp_path: Path) -> None:
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"one:1": [ONE], "two:1": [ONE, TWO]})
    with pytest.raises(UsageError) as several:
        opened(path)
    assert "one:1, two:1" in several.value.hint
    assert [len(opened(path, tag).places) for tag in ("one:1", "two:1")] == [1, 2]
    with pytest.raises(UsageError, match="'three:1'"):
        opened(path, "three:1")


@pytest.mark.parametrize("link", ["../c/layer.tar", "../b/layer.tar", "/nowhere", "../../../../etc/passwd"])
def test_links_that_turn_in_circles_or_lead_out_are_missing_layers(tmp_path: Path, link: str) -> None:
    saved = [{"Config": "c.json", "RepoTags": [], "Layers": ["b/layer.tar"]}]
    members = [
        (entry("c.json"), images.config_of([ONE])),
        (entry("b/layer.tar", tarfile.SYMTYPE, link), b""),
        (entry("c/layer.tar", tarfile.SYMTYPE, "../b/layer.tar"), b""),
        (entry("manifest.json"), json.dumps(saved).encode()),
    ]
    path = tmp_path / "image.tar"
    path.write_bytes(written(members))
    assert "b/layer.tar" in opened(path).places[0].missing


def test_compressed_archives_and_those_without_manifest_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"app:1": [ONE]})
    path.write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(UnreadableError, match="compressed"):
        opened(path)
    path.write_bytes(written([(entry("file"), b"x")]))
    with pytest.raises(UnreadableError, match=r"manifest\.json"):
        opened(path)


@pytest.mark.parametrize(
    "saved",
    [
        b"",
        b"[]",
        b"{}",
        b"[{}]",
        b'[{"Config": 1}]',
        b"\xff",
        b'[{"Config": "manifest.json", "Layers": ["a"]}]',
        b"[" * 9999,
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, saved: bytes) -> None:
    path = tmp_path / "image.tar"
    path.write_bytes(written([(entry("manifest.json"), saved)]))
    with pytest.raises(OakumError):
        opened(path)


def test_cut_off_anywhere_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"app:1": [ONE, TWO]}, blobs=False)
    whole = path.read_bytes()
    end = whole.rstrip(b"\0")
    for size in range(len(end) - 100, 0, -500):
        os.truncate(path, size)
        with pytest.raises(OakumError):
            opened(path)
