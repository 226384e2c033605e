"""What the engine hands a cataloger that asks for the rest of a program from a marker on."""

import os
import tempfile
from collections.abc import Callable, Iterator

import pytest
from msgspec import structs

from oakum.facts import engine
from oakum.facts.cataloger import CATALOGERS, Cataloger, Content, Group, cataloger
from oakum.facts.engine import Engine, Reading, read_entries
from oakum.facts.files import Files, NeedsWholeError
from oakum.facts.patterns import Patterns
from oakum.kit.archive.tar import TarWalker
from oakum.kit.journal import Journal
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package
from oakum.model.layer_facts import LayerFacts
from oakum.testing.images import Layer, tar_of


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=b"REST".hex(), before=2, rest=True))
def trailed(files: Files) -> Iterator[Fact]:
    """What stands at the file's end, once the marker was found."""
    for file in files.programs:
        if file.spill is None:
            yield Gap(gaps.LIMIT, "is too large", file.path)
            continue
        file.spill.seek(-4, os.SEEK_END)
        yield Package("nuget", file.windows[0][:6].decode(), file.spill.read().decode(), file.path)


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=b"WHOLE:".hex()))
def whole(files: Files) -> Iterator[Fact]:
    """What stands at the file's end, of the whole file."""
    for file in files.programs:
        if file.spill is None:
            raise NeedsWholeError
        file.spill.seek(-4, os.SEEK_END)
        yield Package("golang", file.spill.read().decode(), "1", file.path)


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=b"NAMED".hex()))
def named(files: Files) -> Iterator[Fact]:
    """A package for each program."""
    for file in files.programs:
        yield Package("generic", "x", "1", file.path)


@cataloger(version=1, tools=Group(glob="**/tool", large=True, loose=True))
def tools(files: Files) -> Iterator[Fact]:
    """Nothing; it wants a program by its name."""
    del files
    yield from ()


PLUGINS = {plugin.id: plugin for plugin in (trailed, whole, named, tools)}


@pytest.fixture
def reading() -> Iterator[Reading]:
    describe: Callable[[Cataloger], dict[str, object]] = CATALOGERS._describe  # noqa: SLF001 - the index of our own
    journal = Journal.create(1)
    with tempfile.TemporaryFile() as spill:
        yield Reading(
            patterns=Patterns({name: describe(plugin) for name, plugin in PLUGINS.items()}),
            load=PLUGINS.__getitem__,
            versions=dict.fromkeys(PLUGINS, 1),
            part=0,
            slot=0,
            journal=journal,
            spill=spill.fileno(),
            passed={},
        )
    journal.close()


def read(reading: Reading, made: Layer) -> tuple[Engine, LayerFacts]:
    return read_entries(TarWalker(iter([tar_of(made)])), reading)


@pytest.mark.parametrize("path", ["usr/x", "bin/tool"])
@pytest.mark.parametrize("spill_from", [1, 2**20])
@pytest.mark.parametrize("before", [500, 2 * 2**20 - 2, 5_000_000])
def test_what_follows_a_marker_is_handed_in_the_first_reading(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, path: str, spill_from: int, before: int
) -> None:
    monkeypatch.setattr(engine, "_SPILL_FROM", spill_from)
    data = (b"\x7fELF" + bytes(before))[: before - 2] + b"abREST" + bytes(4_000_000) + b"last"
    made, facts = read(reading, Layer(files={path: data, "usr/y": b"\x7fELF" + bytes(99) + b"cdRESTnext"}))
    assert made.again() is None
    found = {one.plugin: set(one.facts) for one in facts.outcomes}
    assert found["trailed"] == {
        Package("nuget", "abREST", "last", path),
        Package("nuget", "cdREST", "next", "usr/y"),
    }


def test_a_program_needed_whole_that_also_has_a_rest_is_put_aside_once(reading: Reading) -> None:
    data = b"\x7fELF" + bytes(500) + b"WHOLE:" + bytes(3_000_000) + b"abREST" + bytes(3_000_000) + b"last"
    first, facts = read(reading, Layer(files={"usr/x": data}))
    again = first.again()
    assert again is not None
    _, facts = read(again, Layer(files={"usr/x": data}))
    found = {one.plugin: one.facts for one in facts.outcomes}
    assert found["whole"] == (Package("golang", "last", "1", "usr/x"),)
    assert found["trailed"] == (Package("nuget", "abREST", "last", "usr/x"),)


def test_a_program_too_large_to_be_put_aside_is_handed_without_its_rest(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SPILL_BYTES", 100)
    _, facts = read(reading, Layer(files={"usr/x": b"\x7fELF" + bytes(99) + b"NAMEDabREST"}))
    found = {one.plugin: one.facts for one in facts.outcomes}
    assert found["named"] == (Package("generic", "x", "1", "usr/x"),)
    assert found["trailed"] == (Gap(gaps.LIMIT, "is too large", "usr/x"),)


def test_a_rest_that_the_disk_does_not_take_leaves_the_layer_unread(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = os.open("/dev/full", os.O_RDWR)
    monkeypatch.setattr(os, "ftruncate", lambda *_: None)
    try:
        _, facts = read(structs.replace(reading, spill=full), Layer(files={"usr/x": b"\x7fELF" + b"abREST"}))
    finally:
        os.close(full)
    assert not facts.complete
