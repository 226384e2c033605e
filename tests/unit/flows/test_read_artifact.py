import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from oakum.flows.read_artifact import plugins, read_artifact
from oakum.kit.crew import muster
from oakum.kit.journal import Journal
from oakum.model import gaps
from oakum.model.confinement import Confinement
from oakum.model.fact import Gap, Package
from oakum.model.reading import Finished, Known, LayerRead, Message, Opened, Order, Request, Target
from oakum.testing import images
from oakum.testing.images import Layer, docker_archive, oci_layout

PLUGINS = ("node_package", "python_dist")
ONE = Layer(files={"a/package.json": b'{"name": "one", "version": "1"}', "node_modules/x/package.json": b"{"})
NPM = b'{"name": "linked", "version": "1.0.0"}'


@pytest.fixture
def spill() -> Iterator[int]:
    with tempfile.TemporaryFile() as file:
        yield file.fileno()


def read(target: Target, spill: int, known: Known | None = None, done: tuple[int, ...] = ()) -> list[LayerRead]:
    journal = Journal.create(1)
    said: list[Message] = []
    request = Request(target, PLUGINS, os.dup(journal.descriptor), 1, (spill,), done=done)
    read_artifact(request, said.append, lambda: known or Known({}), Confinement(), plugins(), muster(()))
    assert isinstance(said[0], Opened)
    assert isinstance(said[-1], Finished)
    assert journal.in_hand() == []
    journal.close()
    return sorted((one for one in said if isinstance(one, LayerRead)), key=lambda layer: layer.part)


def layout(tmp_path: Path, *layers: Layer) -> Target:
    oci_layout(str(tmp_path), layers)
    return Target("t", "oci_layout", str(tmp_path))


def names(layer: LayerRead) -> list[str]:
    return [fact.name for one in layer.facts.outcomes for fact in one.facts if isinstance(fact, Package)]


def kinds(layer: LayerRead) -> list[str]:
    return [fact.kind for fact in layer.facts.gaps if isinstance(fact, Gap)]


@pytest.mark.parametrize("packing", ["gzip", "zstd", ""])
def test_a_layer_is_read_under_the_digest_that_was_hashed(tmp_path: Path, spill: int, packing: str) -> None:
    layer = Layer(files={"node_modules/linked/package.json": NPM}, packing=packing)
    [read_layer] = read(layout(tmp_path, layer), spill)
    assert (read_layer.digest, names(read_layer)) == (images.digest_of(layer.packed()), ["linked"])
    assert read_layer.facts.complete


def test_a_hard_link_to_a_file_of_another_name_is_read_and_one_to_nothing_is_a_gap(tmp_path: Path, spill: int) -> None:
    links = {"node_modules/l/package.json": "store/abc", "node_modules/m/package.json": "store/gone"}
    [layer] = read(layout(tmp_path, Layer(files={"store/abc": NPM}, hard_links=links)), spill)
    assert names(layer) == ["linked"]
    assert kinds(layer) == [gaps.NOT_FOLLOWED]


def test_what_is_stored_and_what_is_done_is_not_read_again(tmp_path: Path, spill: int) -> None:
    target = layout(tmp_path, ONE, Layer(files={"node_modules/linked/package.json": NPM}))
    first, second = read(target, spill, Known({0: PLUGINS, 1: ("node_package",)}))
    assert (first.facts.outcomes, first.digest) == ((), images.digest_of(ONE.packed()))
    assert [outcome.plugin for outcome in second.facts.outcomes] == ["python_dist"]
    assert [layer.part for layer in read(target, spill, done=(0,))] == [1]


@pytest.mark.parametrize("blobs", [True, False])
def test_a_layer_of_another_content_has_no_digest_and_no_facts(tmp_path: Path, spill: int, blobs: bool) -> None:  # noqa: FBT001 - a parameter of the test
    path = tmp_path / "image.tar"
    layer = Layer(files={"node_modules/linked/package.json": NPM}, packing="")
    docker_archive(str(path), {"a:1": [layer]}, blobs=blobs)
    path.write_bytes(path.read_bytes().replace(b"1.0.0", b"6.6.6"))
    [read_layer] = read(Target("t", "docker_archive", str(path)), spill)
    assert (read_layer.digest, names(read_layer), kinds(read_layer)) == ("", [], [gaps.DAMAGED_LAYER])


def test_a_stored_layer_is_held_to_its_digest_again(tmp_path: Path, spill: int) -> None:
    target = layout(tmp_path, ONE)
    Path(images.put_blob(str(tmp_path), ONE.packed())).write_bytes(b"other")
    [layer] = read(target, spill, Known({0: PLUGINS}))
    assert (layer.digest, kinds(layer)) == ("", [gaps.DAMAGED_LAYER])


def test_a_folder_is_one_layer_without_a_digest_and_its_names_remove_nothing(tmp_path: Path, spill: int) -> None:
    (tmp_path / "node_modules" / "x").mkdir(parents=True)
    (tmp_path / "node_modules" / "x" / "package.json").write_bytes(NPM)
    (tmp_path / ".wh.node_modules").write_bytes(b"")
    [layer] = read(Target("t", "dir", str(tmp_path)), spill)
    assert (layer.digest, names(layer), layer.facts.tree.whiteouts) == ("", ["linked"], ())


def test_what_the_leader_of_a_crew_says_names_nothing_that_could_be_read() -> None:
    assert Order.__struct_fields__ == ("documents", "unpacked", "stored", "ahead")
