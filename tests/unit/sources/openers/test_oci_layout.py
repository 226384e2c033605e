import json
import os
import platform
from pathlib import Path
from typing import Any

import pytest

from oakum.kit.errors import DamagedError, LimitError, UnreadableError, UsageError
from oakum.kit.limits import MANIFEST_BYTES
from oakum.model.reading import Target
from oakum.sources.opener import OpenedTarget
from oakum.sources.openers.oci_layout import oci_layout
from oakum.testing import images

LAYERS = (images.Layer(files={"a": b"1"}), images.Layer(files={"b": b"2"}, packing="zstd"))


def opened(folder: Path, wanted: str = "") -> OpenedTarget:
    target = Target(reference=f"oci-layout:{folder}", opener="oci_layout", path=str(folder), wanted=wanted)
    return oci_layout.open(target)


def index_of(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "index.json").read_bytes())
    return document


def test_each_layer_has_its_place_its_digest_and_its_instruction(tmp_path: Path) -> None:
    digest = images.oci_layout(str(tmp_path), LAYERS, tag="1.2")
    found = opened(tmp_path)
    assert (found.artifact.digest, found.artifact.names, found.artifact.platform) == (digest, ("1.2",), "linux/amd64")
    for layer, place, made in zip(found.artifact.layers, found.places, LAYERS, strict=True):
        assert layer.digest == place.expected == images.digest_of(made.packed())
        assert layer.diff_id == images.digest_of(made.unpacked())
        assert place.size == os.path.getsize(place.path) == len(made.packed())
    assert [layer.instruction for layer in found.artifact.layers] == ["RUN step 1", "RUN step 2"]


def test_a_tag_or_a_digest_picks_one_of_several(tmp_path: Path) -> None:
    first = images.oci_layout(str(tmp_path), LAYERS[:1], tag="1")
    second = images.oci_layout(str(tmp_path), LAYERS, tag="2")
    assert opened(tmp_path, "1").artifact.digest == first
    assert opened(tmp_path, second).artifact.digest == second
    with pytest.raises(UsageError, match="several") as several:
        opened(tmp_path)
    assert several.value.hint == "name one after a colon: 1, 2"
    with pytest.raises(UsageError, match="'3'"):
        opened(tmp_path, "3")


def test_of_several_platforms_the_machine_s_own_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images.oci_layout(str(tmp_path), LAYERS[:1], architecture="amd64")
    arm = images.oci_layout(str(tmp_path), LAYERS, architecture="arm64")
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    assert opened(tmp_path).artifact.digest == arm
    assert opened(tmp_path).artifact.platform == "linux/arm64"


def test_an_index_may_lie_in_the_index_but_not_without_end(tmp_path: Path) -> None:
    digest = images.oci_layout(str(tmp_path), LAYERS)
    inner = index_of(tmp_path)
    for depth in range(6):
        pointer = images.put_json(str(tmp_path), inner, "application/vnd.oci.image.index.v1+json")
        inner = {"schemaVersion": 2, "manifests": [pointer]}
        images.put_index(str(tmp_path), inner["manifests"])
        if depth < 2:
            assert opened(tmp_path).artifact.digest == digest
    with pytest.raises(DamagedError, match="nested"):
        opened(tmp_path)


def test_a_layer_whose_blob_is_gone_says_so(tmp_path: Path) -> None:
    images.oci_layout(str(tmp_path), LAYERS)
    gone = opened(tmp_path).places[1]
    os.unlink(gone.path)
    there, missing = opened(tmp_path).places
    assert not there.missing
    assert gone.expected in missing.missing


def test_a_manifest_is_held_to_its_digest(tmp_path: Path) -> None:
    digest = images.oci_layout(str(tmp_path), LAYERS)
    path = tmp_path / "blobs" / "sha256" / digest[7:]
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(DamagedError, match="not what its digest says"):
        opened(tmp_path)


@pytest.mark.parametrize("digest", ["sha256:../../../etc/passwd", "sha512:" + "0" * 128, "", "sha256:" + "A" * 64])
def test_a_digest_is_no_path(digest: str, tmp_path: Path) -> None:
    images.oci_layout(str(tmp_path), LAYERS)
    images.put_index(str(tmp_path), [{"digest": digest, "size": 1}])
    with pytest.raises(DamagedError, match="no sha256 digest"):
        opened(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"manifests": 3}', b"[" * 100_000, b"\xff"])
def test_an_index_that_is_none_is_damaged(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "index.json").write_bytes(content)
    with pytest.raises(DamagedError, match=r"index\.json"):
        opened(tmp_path)


def test_an_index_has_a_bound(tmp_path: Path) -> None:
    (tmp_path / "index.json").touch()
    os.truncate(tmp_path / "index.json", MANIFEST_BYTES + 1)
    with pytest.raises(LimitError):
        opened(tmp_path)


def test_a_folder_without_an_index_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"index\.json"):
        opened(tmp_path)
