from pathlib import Path

from oakum.model.reading import Target
from oakum.sources.openers.dir import dir as opener


def test_a_folder_is_one_layer_without_a_digest(tmp_path: Path) -> None:
    opened = opener.open(Target(reference=f"dir:{tmp_path}", opener="dir", path=str(tmp_path)))
    (layer,), (place,) = opened.artifact.layers, opened.places
    assert (opened.artifact.kind, opened.artifact.platform, layer.digest) == ("dir", "", "")
    assert (place.folder, place.path, place.expected) == (str(tmp_path), "", "")


def test_nothing_of_the_folder_is_read_yet() -> None:
    target = Target(reference="dir:/does/not/exist", opener="dir", path="/does/not/exist")
    assert opener.open(target).places[0].folder == "/does/not/exist"
