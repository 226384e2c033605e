from pathlib import Path

from oakum.model.reading import Target
from oakum.sources.openers.rootfs import rootfs


def test_a_root_is_one_layer_without_a_digest(tmp_path: Path) -> None:
    opened = rootfs.open(Target(reference=f"rootfs:{tmp_path}", opener="rootfs", path=str(tmp_path)))
    (layer,), (place,) = opened.artifact.layers, opened.places
    assert (opened.artifact.kind, opened.artifact.reference, layer.digest) == ("rootfs", f"rootfs:{tmp_path}", "")
    assert (place.folder, place.expected, place.missing) == (str(tmp_path), "", "")
