import json
from typing import Any

import pytest

from oakum.kit.errors import DamagedError, OakumError, UnreadableError
from oakum.model.reading import Target
from oakum.sources.opener import NeededError, OpenedTarget
from oakum.sources.openers.registry import registry
from oakum.testing.images import Layer, config_of, descriptor, digest_of

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
LAYERS = [Layer(files={"a": b"1"}), Layer(files={"b": b"2"}, packing="zstd")]


class Shelf:
    """Documents by digest, and what was asked for."""

    def __init__(self) -> None:
        self.documents: dict[str, bytes] = {}
        self.asked: list[tuple[str, bool]] = []

    def put(self, document: Any, kind: str = MANIFEST) -> dict[str, Any]:  # noqa: ANN401 - any JSON document
        data = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.documents[digest_of(data)] = data
        return descriptor(data, kind)

    def image(self, architecture: str = "amd64", variant: str = "", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        config = self.put(config_of(LAYERS, architecture), "application/vnd.oci.image.config.v1+json")
        layers = [descriptor(layer.packed(), "application/vnd.oci.image.layer.v1.tar+gzip") for layer in LAYERS]
        platform = {"os": "linux", "architecture": architecture, "variant": variant}
        return {**self.put({"config": config, "layers": layers, **more}), "platform": platform}

    def index(self, *entries: dict[str, Any]) -> dict[str, Any]:
        return self.put({"manifests": list(entries)})

    def open(self, pointer: dict[str, Any], platform: str = "linux/amd64") -> OpenedTarget:
        target = Target("registry:r/a:1", "registry", "r/a:1", wanted=pointer["digest"], platform=platform)
        while True:
            try:
                return registry.open(target)
            except NeededError as needed:
                self.asked.append((needed.digest, needed.manifest))
                documents = {**target.documents, needed.digest: self.documents[needed.digest]}
                target = Target("registry:r/a:1", "registry", "r/a:1", -1, pointer["digest"], platform, documents)


def test_an_image_needs_its_manifest_and_its_configuration() -> None:
    shelf = Shelf()
    opened = shelf.open(shelf.image())
    assert [manifest for _, manifest in shelf.asked] == [True, False]
    assert [place.expected for place in opened.places] == [digest_of(layer.packed()) for layer in LAYERS]
    assert all(place.streamed and place.size > 0 for place in opened.places)
    assert opened.artifact.platform == "linux/amd64"


def test_the_platform_of_an_index_is_taken_through_an_index_in_it() -> None:
    shelf = Shelf()
    arm = shelf.image("arm", "v6"), shelf.image("arm", "v7", annotations={})
    pointer = shelf.index(*arm, {**shelf.index(shelf.image()), "platform": {"os": "linux", "architecture": "amd64"}})
    assert shelf.open(pointer).artifact.platform == "linux/amd64"
    assert shelf.open(pointer, "linux/arm/v7").artifact.digest == arm[1]["digest"]
    assert shelf.open(pointer, "linux/arm/v6").artifact.digest == arm[0]["digest"]


def test_a_missing_platform_lists_those_that_are_there() -> None:
    shelf = Shelf()
    pointer = shelf.index(shelf.image("s390x"), shelf.image("arm", "v7"))
    with pytest.raises(UnreadableError, match="no image for linux/amd64") as raised:
        shelf.open(pointer)
    assert raised.value.hint == "--platform takes: linux/arm/v7, linux/s390x"


def test_the_only_image_of_an_index_that_states_no_platform_is_taken() -> None:
    shelf = Shelf()
    pointer = {key: value for key, value in shelf.image().items() if key != "platform"}
    assert shelf.open(shelf.index(pointer)).artifact.digest == pointer["digest"]


def test_indexes_without_an_end_are_refused() -> None:
    shelf = Shelf()
    pointer = shelf.image()
    for _ in range(8):
        pointer = {**shelf.index(pointer), "platform": {"os": "linux", "architecture": "amd64"}}
    with pytest.raises(DamagedError, match="deep"):
        shelf.open(pointer)


def test_a_document_that_is_another_is_refused() -> None:
    shelf = Shelf()
    pointer = shelf.image()
    shelf.documents[pointer["digest"]] += b" "
    with pytest.raises(DamagedError, match="digest"):
        shelf.open(pointer)


@pytest.mark.parametrize(
    "document",
    [b"", b"[]", b"{}", b'{"manifests": []}', b"\xff", b"[" * 100_000, b'{"schemaVersion": 1}', b'{"layers": [{}]}'],
)
def test_what_is_no_manifest_is_refused(document: bytes) -> None:
    shelf = Shelf()
    with pytest.raises(OakumError):
        shelf.open(shelf.put(document))


@pytest.mark.parametrize("digest", ["sha256:../../x", "md5:1", "", "sha512:" + "a" * 128])
def test_a_digest_of_another_form_is_asked_of_nobody(digest: str) -> None:
    shelf = Shelf()
    config = {"digest": digest, "size": 2, "mediaType": "application/vnd.oci.image.config.v1+json"}
    with pytest.raises(DamagedError):
        shelf.open(shelf.put({"config": config, "layers": [descriptor(b"x", "")]}))
    assert len(shelf.asked) == 1
