import os
import time
from pathlib import Path

import pytest

from oakum.adapters.parser_process import ParserProcess
from oakum.kit.errors import DamagedError, TryLaterError, UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import gaps
from oakum.model.artifact import Artifact
from oakum.model.fact import Gap, Package
from oakum.model.reading import Known, LayerRead, Target
from oakum.testing.breaking_parser import DIE, FAIL, HANG
from oakum.testing.images import Layer, docker_archive

BREAKING = "oakum.testing.breaking_parser"
PLUGINS = ("node_package", "python_dist")


def manifest(name: str) -> bytes:
    return b'{"name": "%s", "version": "1.0.0"}' % name.encode()


def files(**broken: bytes) -> dict[str, bytes]:
    """Two good packages around those that are broken."""
    every = {"a": manifest("a"), **broken, "z": manifest("z")}
    return {f"node_modules/{name}/package.json": data for name, data in every.items()}


def read(tmp_path: Path, layers: list[Layer], parser: ParserProcess) -> list[LayerRead]:
    path = str(tmp_path / "image.tar")
    docker_archive(path, {"a:1": layers})
    seen: list[Artifact] = []

    def opened(artifact: Artifact) -> Known:
        seen.append(artifact)
        return Known({})

    found = list(parser.read(Target("t", "docker_archive", path), PLUGINS, opened))
    assert len(seen) == 1
    return sorted(found, key=lambda layer: layer.part)


def names(layer: LayerRead) -> list[str]:
    return sorted(fact.name for one in layer.facts.outcomes for fact in one.facts if isinstance(fact, Package))


def trouble(layer: LayerRead) -> list[Gap]:
    every = [*layer.facts.gaps, *(fact for one in layer.facts.outcomes for fact in one.facts)]
    return [fact for fact in every if isinstance(fact, Gap)]


@pytest.mark.parametrize(("wire", "why"), [(HANG, "too long"), (DIE, "ended the parser")], ids=["hang", "die"])
def test_a_file_that_ends_the_parser_is_a_gap_and_the_rest_is_read(tmp_path: Path, wire: bytes, why: str) -> None:
    layers = [Layer(files=files()), Layer(files=files(evil=wire)), Layer(files=files())]
    read_layers = read(tmp_path, layers, ParserProcess(BREAKING, str(tmp_path), file_seconds=1))
    assert [names(layer) for layer in read_layers] == [["a", "z"]] * 3
    [gap] = trouble(read_layers[1])
    assert (gap.kind, gap.path) == (gaps.PARSER_ENDED, "node_modules/evil/package.json")
    assert why in gap.what
    assert not trouble(read_layers[0])


def test_several_files_that_end_the_parser_are_found_one_by_one(tmp_path: Path) -> None:
    layers = [Layer(files=files(evil1=DIE, evil2=DIE)), Layer(files=files(evil3=DIE))]
    first, second = read(tmp_path, layers, ParserProcess(BREAKING, str(tmp_path)))
    assert names(first) == names(second) == ["a", "z"]
    assert [gap.path[13:18] for gap in trouble(first)] == ["evil1", "evil2"]
    assert [gap.path[13:18] for gap in trouble(second)] == ["evil3"]


def test_a_layer_of_files_that_all_end_the_parser_is_a_gap_at_last(tmp_path: Path) -> None:
    evil = {f"evil{number}": DIE for number in range(25)}
    first, second = read(
        tmp_path, [Layer(files=files()), Layer(files=files(**evil))], ParserProcess(BREAKING, str(tmp_path))
    )
    assert names(first) == ["a", "z"]
    assert [gap.kind for gap in trouble(second)] == [gaps.PARSER_ENDED]


def test_an_error_of_a_cataloger_costs_its_file_alone(tmp_path: Path) -> None:
    [layer] = read(tmp_path, [Layer(files=files(evil=FAIL))], ParserProcess(BREAKING, str(tmp_path)))
    assert names(layer) == ["a", "z"]
    assert [gap.kind for gap in trouble(layer)] == [gaps.UNREADABLE_FILE]


@pytest.mark.parametrize("module", ["oakum.testing.mute_parser", "oakum.no_such_module", "json.tool"])
def test_what_never_speaks_or_dies_while_it_opens_ends_the_scan_in_time(tmp_path: Path, module: str) -> None:
    with pytest.raises(UnreadableError, match="opened"):
        list(ParserProcess(module, str(tmp_path), file_seconds=0.5).read(target(tmp_path), PLUGINS, nothing))


def test_who_stops_inside_a_message_does_not_hold_the_scan(tmp_path: Path) -> None:
    parser = ParserProcess("oakum.testing.mute_parser", str(tmp_path), scan_seconds=0.5)
    with pytest.raises(TryLaterError, match="longer"):
        list(parser.read(target(tmp_path), PLUGINS, nothing))


def test_a_reading_that_is_left_ends_its_process(tmp_path: Path) -> None:
    before = children()
    parser = ParserProcess(BREAKING, str(tmp_path))
    path = str(tmp_path / "image.tar")
    docker_archive(path, {"a:1": [Layer(files=files()), Layer(files=files(evil=HANG))]})
    reading = parser.read(Target("t", "docker_archive", path), PLUGINS, nothing)
    assert next(reading).part == 0
    assert children() - before
    del reading
    end = time.monotonic() + 10
    while children() - before and time.monotonic() < end:
        time.sleep(0.01)
    assert children() == before


def target(tmp_path: Path) -> Target:
    return Target("t", "docker_archive", str(tmp_path / "none.tar"))


def nothing(artifact: Artifact) -> Known:
    del artifact
    return Known({})


def children() -> set[str]:
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children", encoding="ascii") as file:
        return set(file.read().split())


def test_what_a_parser_says_of_its_end_has_a_bound(tmp_path: Path) -> None:
    parser = ParserProcess("oakum.testing.wordy_parser", str(tmp_path))
    with pytest.raises(DamagedError, match="no no") as raised:
        list(parser.read(Target("t", "docker_archive", "none"), (), lambda _: Known({})))
    assert (len(str(raised.value)), len(raised.value.hint)) == (FIELD_CHARACTERS, FIELD_CHARACTERS)
