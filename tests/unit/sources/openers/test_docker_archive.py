import json
import os
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from oakum.kit.errors import OakumError, UnreadableError, UsageError
from oakum.model.reading import Target
from oakum.sources.opener import OpenedTarget
from oakum.sources.openers.docker_archive import docker_archive
from oakum.testing import images

LAYERS = (images.Layer(files={"a": b"1"}), images.Layer(files={"b": b"2"}), images.Layer(files={"a": b"1"}))


def opened(path: Path, wanted: str = "") -> OpenedTarget:
    target = Target(reference=f"docker-archive:{path}", opener="docker_archive", path=str(path), wanted=wanted)
    return docker_archive.open(target)


def write(path: Path, members: Sequence[tuple[str, bytes]]) -> Path:
    path.write_bytes(images.written((images.entry(name), data) for name, data in members))
    return path


@pytest.mark.parametrize("blobs", [True, False])
def test_each_layer_lies_where_its_place_says(blobs: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    path = tmp_path / "app.tar"
    images.docker_archive(str(path), {"app:1": LAYERS}, blobs=blobs)
    found = opened(path)
    assert found.artifact.names == ("app:1",)
    assert found.artifact.image_id == images.digest_of(images.config_of(LAYERS))
    for layer, place, made in zip(found.artifact.layers, found.places, LAYERS, strict=True):
        stored = os.pread(place.descriptor, place.size, place.offset)
        assert stored == (made.packed() if blobs else made.unpacked())
        assert place.expected == images.digest_of(stored)
        assert layer.diff_id == images.digest_of(made.unpacked())


def test_a_tag_picks_one_of_several(tmp_path: Path) -> None:
    path = tmp_path / "both.tar"
    images.docker_archive(str(path), {"app:1": LAYERS[:1], "app:2": LAYERS})
    assert len(opened(path, "app:2").places) == 3
    with pytest.raises(UsageError, match="several") as several:
        opened(path)
    assert "app:1, app:2" in several.value.hint
    with pytest.raises(UsageError, match="'app:3'"):
        opened(path, "app:3")


def test_an_archive_that_is_handed_over_open_is_read_by_its_descriptor(tmp_path: Path) -> None:
    path = tmp_path / "app.tar"
    images.docker_archive(str(path), {"app:1": LAYERS})
    descriptor = os.open(path, os.O_RDONLY)
    try:
        target = Target(reference="docker:app:1", opener="docker_archive", path="app:1", descriptor=descriptor)
        assert {place.descriptor for place in docker_archive.open(target).places} == {descriptor}
    finally:
        os.close(descriptor)


def test_a_layer_that_is_not_there_says_so(tmp_path: Path) -> None:
    config = images.config_of(LAYERS[:1])
    manifest = [{"Config": "c.json", "RepoTags": None, "Layers": ["gone/layer.tar"]}]
    path = write(tmp_path / "app.tar", [("c.json", config), ("manifest.json", json.dumps(manifest).encode())])
    (place,) = opened(path).places
    assert "gone/layer.tar" in place.missing
    assert place.descriptor == -1


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    config = images.config_of(LAYERS[:1])
    manifest = json.dumps([{"Config": "c.json", "Layers": ["a"]}]).encode()
    circle = [(images.entry(one, tarfile.SYMTYPE, other), b"") for one, other in (("a", "b"), ("b", "a"))]
    members = [(images.entry("c.json"), config), (images.entry("manifest.json"), manifest), *circle]
    (tmp_path / "app.tar").write_bytes(images.written(members))
    assert opened(tmp_path / "app.tar").places[0].missing


def test_a_link_out_of_the_archive_leads_nowhere(tmp_path: Path) -> None:
    manifest = json.dumps([{"Config": "c.json", "Layers": []}]).encode()
    members = [
        (images.entry("manifest.json"), manifest),
        (images.entry("c.json", tarfile.SYMTYPE, "/etc/passwd"), b""),
    ]
    (tmp_path / "app.tar").write_bytes(images.written(members))
    with pytest.raises(UnreadableError, match=r"c\.json"):
        opened(tmp_path / "app.tar")


def test_manifest_and_configuration_must_count_the_same_layers(tmp_path: Path) -> None:
    manifest = json.dumps([{"Config": "c.json", "Layers": ["x", "y"]}]).encode()
    path = write(tmp_path / "app.tar", [("c.json", images.config_of(LAYERS[:1])), ("manifest.json", manifest)])
    with pytest.raises(UnreadableError, match="number of layers"):
        opened(path)


def test_a_tar_of_something_else_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"manifest\.json"):
        opened(write(tmp_path / "any.tar", [("a", b"1")]))


def test_an_archive_cut_anywhere_raises_what_is_documented(tmp_path: Path) -> None:
    path = tmp_path / "app.tar"
    images.docker_archive(str(path), {"app:1": LAYERS})
    whole = path.read_bytes()
    for cut in range(0, len(whole) - 1_024, 509):
        path.write_bytes(whole[:cut])
        try:
            opened(path)
        except OakumError as error:
            assert error.exit_code in {64, 65}  # noqa: PT017 - what is left may also be a whole archive


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        opened(tmp_path / "none.tar")
