import json
import os
import platform
from pathlib import Path

import pytest

from oakum.kit.errors import DamagedError, LimitError, OakumError, UnreadableError, UsageError
from oakum.kit.limits import LAYERS, MANIFEST_BYTES
from oakum.model.reading import Target
from oakum.sources.opener import OPENERS, OpenedTarget
from oakum.testing import images
from oakum.testing.images import Layer

LAYER = Layer(files={"a": b"1"})
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"


def opened(folder: Path, wanted: str = "") -> OpenedTarget:
    return OPENERS.load("oci_layout").open(Target("t", "oci_layout", str(folder), wanted=wanted))


def index_of(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / "index.json").read_bytes())["manifests"]
    return found


def test_one_of_several_images_is_picked_by_tag_or_digest(tmp_path: Path) -> None:
    one = images.oci_layout(str(tmp_path), [LAYER], tag="one")
    two = images.oci_layout(str(tmp_path), [LAYER, LAYER], tag="two")
    with pytest.raises(UsageError) as several:
        opened(tmp_path)
    assert "one, two" in several.value.hint
    assert (opened(tmp_path, "one").artifact.digest, opened(tmp_path, two).artifact.digest) == (one, two)
    assert opened(tmp_path, "two").artifact.names == ("two",)
    with pytest.raises(UsageError, match="'three'"):
        opened(tmp_path, "three")


def test_the_image_for_this_machine_is_taken_and_the_only_one_whatever_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    intel = images.oci_layout(str(tmp_path), [LAYER], architecture="amd64")
    assert opened(tmp_path).artifact.platform == "linux/amd64"
    arm = images.oci_layout(str(tmp_path), [LAYER], architecture="arm64")
    assert opened(tmp_path).artifact.digest == arm
    assert opened(tmp_path, intel).artifact.platform == "linux/amd64"


def test_indexes_in_indexes_are_followed_to_a_depth(tmp_path: Path) -> None:
    digest = images.oci_layout(str(tmp_path), [LAYER])
    inner = index_of(tmp_path)
    for _ in range(4):
        pointer = images.put_json(str(tmp_path), {"manifests": inner}, INDEX)
        images.put_index(str(tmp_path), [pointer])
        assert opened(tmp_path).artifact.digest == digest
        inner = [pointer]
    images.put_index(str(tmp_path), [images.put_json(str(tmp_path), {"manifests": inner}, INDEX)])
    with pytest.raises(DamagedError, match="deep"):
        opened(tmp_path)


@pytest.mark.parametrize("which", ["manifest", "config"])
@pytest.mark.parametrize("harm", ["changed", "gone", "folder", "huge"])
def test_a_manifest_or_configuration_that_is_not_what_is_stated_is_refused(
    tmp_path: Path, which: str, harm: str
) -> None:
    digest = images.oci_layout(str(tmp_path), [LAYER])
    blobs = tmp_path / "blobs" / "sha256"
    config = json.loads((blobs / digest[7:]).read_bytes())["config"]["digest"]
    path = blobs / (digest if which == "manifest" else config)[7:]
    path.unlink()
    if harm == "changed":
        path.write_bytes(b"{}")
    elif harm == "folder":
        path.mkdir()
    elif harm == "huge":
        path.write_bytes(b"")
        os.truncate(path, MANIFEST_BYTES + 1)
    with pytest.raises((UnreadableError, OSError)) as refused:
        opened(tmp_path)
    assert harm != "huge" or isinstance(refused.value, LimitError)


def test_a_layer_that_is_missing_is_said_and_the_others_have_their_place(tmp_path: Path) -> None:
    other = Layer(files={"b": b"2"})
    images.oci_layout(str(tmp_path), [LAYER, other])
    Path(images.put_blob(str(tmp_path), other.packed())).unlink()
    first, second = opened(tmp_path).places
    assert first.expected == images.digest_of(LAYER.packed())
    assert not first.missing
    assert images.digest_of(other.packed()) in second.missing


@pytest.mark.parametrize("digest", ["sha256:../../../etc/passwd", "sha512:" + "0" * 128, "", "sha256:" + "0" * 63])
def test_a_digest_that_is_none_leads_nowhere(tmp_path: Path, digest: str) -> None:
    images.put_index(str(tmp_path), [{"digest": digest, "size": 1}])
    with pytest.raises(DamagedError, match="digest"):
        opened(tmp_path)


@pytest.mark.parametrize(
    "index", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"manifests": [{}]}', b'{"manifests": {"a": 1}}', b"null"]
)
def test_an_index_that_is_none_is_refused(tmp_path: Path, index: bytes) -> None:
    images.oci_layout(str(tmp_path), [LAYER])
    (tmp_path / "index.json").write_bytes(index)
    with pytest.raises(OakumError):
        opened(tmp_path)


def test_what_is_no_image_and_has_too_many_layers_is_refused(tmp_path: Path) -> None:
    images.put_index(str(tmp_path), [images.put_json(str(tmp_path), {"layers": []}, MANIFEST)])
    with pytest.raises(UnreadableError, match="no image"):
        opened(tmp_path)
    config = images.put_json(str(tmp_path), {}, "config")
    many = [images.descriptor(b"", "layer")] * (LAYERS + 1)
    images.put_index(str(tmp_path), [images.put_json(str(tmp_path), {"config": config, "layers": many}, MANIFEST)])
    with pytest.raises(LimitError):
        opened(tmp_path)
