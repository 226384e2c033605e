from pathlib import Path

import pytest

from oakum.model.reading import Target
from oakum.sources.opener import OPENERS
from oakum.testing.images import Layer, docker_archive, oci_layout

LAYERS = (
    Layer(files={"etc/os-release": b"ID=debian\n"}),
    Layer(files={"b": b"2"}, whiteouts=["etc/os-release"], packing="zstd"),
    Layer(files={"c": b"3"}, links={"d": "c"}, hard_links={"e": "c"}, packing=""),
)


def test_a_layout_opens_with_its_layers_and_instructions(tmp_path: Path) -> None:
    digest = oci_layout(str(tmp_path), LAYERS)
    artifact = OPENERS.load("oci_layout").open(Target("t", "oci_layout", str(tmp_path))).artifact
    assert artifact.digest == digest
    assert [layer.instruction for layer in artifact.layers] == ["RUN step 1", "RUN step 2", "RUN step 3"]


@pytest.mark.parametrize("blobs", [True, False])
def test_an_archive_opens_with_its_layers(tmp_path: Path, blobs: bool) -> None:  # noqa: FBT001 - a parameter of the test
    path = str(tmp_path / "image.tar")
    docker_archive(path, {"app:1": LAYERS}, blobs=blobs)
    opened = OPENERS.load("docker_archive").open(Target("t", "docker_archive", path))
    assert opened.artifact.names == ("app:1",)
    assert [place.missing for place in opened.places] == ["", "", ""]
