import os
import tempfile
from collections.abc import Callable, Iterator

import pytest
from msgspec import structs

from oakum.facts import engine, sections
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
from oakum.testing.programs import program, with_notes


@cataloger(version=1, wanted=Group(glob="**/*.pkg", large=True))
def each(files: Files) -> Iterator[Fact]:
    """One package per file, named after its content's length."""
    for file in files.wanted:
        data = file.open().read()
        if data.startswith(b"bad"):
            raise ValueError("is bad\nand more")
        yield Package("npm", f"of{len(data)}", "1", file.path)


@cataloger(version=1, per="layer", status="var/db/status", lists="var/db/info/*.list")
def layer(files: Files) -> Iterator[Fact]:
    """One package for the whole layer."""
    names = [file.path for file in files.every()]
    yield Package("deb", "+".join(names), "1", "var/db/status")


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=b"MARK".hex()))
def marked(files: Files) -> Iterator[Fact]:
    """What stands behind the marker."""
    for file in files.programs:
        yield Package("golang", file.windows[0][4:8].decode(), "1", file.path)


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), section=".held", least=300))
def sectioned(files: Files) -> Iterator[Fact]:
    """What the section holds."""
    for file in files.programs:
        yield Package("cargo", file.windows[0].decode(), "1", file.path)


@cataloger(
    version=1, tools=Group(glob="**/tool", large=True, loose=True), libraries=Group(glob="**/lib.so.*", loose=True)
)
def named(files: Files) -> Iterator[Fact]:
    """A package for each file of that name."""
    for file in files.every():
        yield Package("generic", "tool", str(file.size), file.path)


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=b"FAR:".hex()))
def far(files: Files) -> Iterator[Fact]:
    """What stands at the file's end, which is far from the marker."""
    for file in files.programs:
        if file.spill is None:
            raise NeedsWholeError
        file.spill.seek(-4, os.SEEK_END)
        yield Package("golang", file.spill.read().decode(), "1", file.path)


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=b"HEAD".hex(), head=True))
def headed(files: Files) -> Iterator[Fact]:
    """How much of the file's beginning was handed."""
    for file in files.programs:
        yield Package("golang", f"of{len(file.windows[0])}", "1", file.path)


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=b"NOTE".hex(), notes=True))
def in_notes(files: Files) -> Iterator[Fact]:
    """What the notes hold."""
    for file in files.programs:
        yield Package("deb", "+".join(window.decode() for window in file.windows), "1", file.path)


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), section=".there", there=True))
def there(files: Files) -> Iterator[Fact]:
    """A package for each program that has the section."""
    for file in files.programs:
        if file.spill is None:
            raise NeedsWholeError
        yield Package("maven", f"of{len(file.spill.read())}", "1", file.path)


PLUGINS = {plugin.id: plugin for plugin in (each, layer, marked, sectioned, named, far, headed, in_notes, there)}


@pytest.fixture
def journal() -> Iterator[Journal]:
    made = Journal.create(1)
    yield made
    made.close()


@pytest.fixture
def reading(journal: Journal) -> Iterator[Reading]:
    describe: Callable[[Cataloger], dict[str, object]] = CATALOGERS._describe  # noqa: SLF001 - the index of our own
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


def read(reading: Reading, made: Layer) -> tuple[Engine, LayerFacts]:
    return read_entries(TarWalker(iter([tar_of(made)])), reading)


def packages(facts: LayerFacts) -> set[tuple[str, str]]:
    return {(one.name, one.path) for out in facts.outcomes for one in out.facts if isinstance(one, Package)}


def trouble(facts: LayerFacts) -> list[Gap]:
    every = [*facts.gaps, *(one for out in facts.outcomes for one in out.facts)]
    return [one for one in every if isinstance(one, Gap)]


def test_files_are_handed_to_those_who_want_them(reading: Reading, journal: Journal) -> None:
    elf = b"\x7fELF" + b"-" * 300_000 + b"MARKname" + b"-" * 100
    files = {
        "a.pkg": b"xx",
        "d/b.pkg": b"yyy",
        "other": b"",
        "bin/x": elf,
        "bin/y": b"\x7fELF nothing",
        "s": b"MARKnone",
    }
    lists = {"var/db/status": b"", "var/db/info/b.list": b"", "var/db/info/a.list": b"", "var/db/info/d/x.list": b""}
    _, facts = read(reading, Layer(files={**files, **lists}))
    assert packages(facts) == {
        ("of2", "a.pkg"),
        ("of3", "d/b.pkg"),
        ("name", "bin/x"),
        ("var/db/status+var/db/info/a.list+var/db/info/b.list", "var/db/status"),
    }
    assert not trouble(facts)
    assert journal.in_hand() == []


def test_a_section_of_a_program_is_handed_and_one_out_of_reach_is_a_gap_of_its_cataloger(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = program({".held": b"held"}, loaded=b"-" * 300)
    far = program({".held": b"far" * 99}, loaded=b"-" * 300)
    monkeypatch.setattr(sections, "WINDOW_BYTES", 20)
    _, facts = read(reading, Layer(files={"bin/far": far}))
    assert [(out.plugin, one.kind) for out in facts.outcomes for one in out.facts if isinstance(one, Gap)] == [
        ("sectioned", gaps.LIMIT)
    ]
    monkeypatch.undo()
    small = program({".held": b"small"}, loaded=b"")
    _, facts = read(reading, Layer(files={"bin/small": small[:200], "bin/one": one, "bin/far": far}))
    assert packages(facts) == {("held", "bin/one"), ("far" * 99, "bin/far")}


def test_notes_of_a_program_are_handed_wherever_they_are(reading: Reading) -> None:
    near = with_notes({600: b"NOTEnear", 700: b"other"})
    far = with_notes({600: b"NOTE1", 700: b"none", 9_000: b"NOTE2"})
    none = with_notes({600: b"no", 9_000: b"none"}) + b"NOTE"
    beside = with_notes({600: b"no"}).replace(b"----", b"NOTE", 1)
    _, facts = read(reading, Layer(files={"near": near, "far": far, "none": none, "beside": beside}))
    assert packages(facts) == {("NOTEnear", "near"), ("NOTE1+NOTE2", "far")}
    assert not trouble(facts)


def test_a_program_with_a_section_is_handed_whole(reading: Reading) -> None:
    one, other = program({".there": b"x"}), program({".other": b"x"})
    engine, facts = read(reading, Layer(files={"one": one, "other": other}))
    assert engine.needed == {"one"}
    assert not packages(facts)
    again = engine.again()
    assert again is not None
    _, facts = read(again, Layer(files={"one": one, "other": other}))
    assert packages(facts) == {(f"of{len(one)}", "one")}


def test_a_held_file_is_not_in_hand_while_the_walk_goes_on(reading: Reading, journal: Journal) -> None:
    walker = TarWalker(iter([tar_of(Layer(files={"var/db/status": b"x", "z": b""}))]))
    seen = []
    read_one = walker.__iter__

    class Watching:
        def __getattr__(self, name: str) -> object:
            return getattr(walker, name)

        def __iter__(self) -> Iterator[str]:
            for path in read_one():
                seen.append((path, journal.in_hand()))
                yield path

    Engine(reading).walk(Watching())  # type: ignore[arg-type]  # hands every attribute on
    assert seen == [("var/db/status", []), ("z", [])]


def test_removals_are_no_files_in_a_layer_and_files_in_a_folder(reading: Reading) -> None:
    made = Layer(files={".wh..wh.aufs": b"", "d/x": b""}, whiteouts=["a.pkg", "d/b"], opaque=["d"])
    seen, _ = read(reading, made)
    assert (seen.whiteouts, seen.opaque, seen.names) == (["a.pkg", "d/b"], ["d"], ["d/x"])
    plain, facts = read(structs.replace(reading, removals=False), Layer(files={".wh.a.pkg": b"x"}))
    assert (plain.whiteouts, plain.names) == ([], [".wh.a.pkg"])
    assert packages(facts) == {("of1", ".wh.a.pkg")}


def test_a_cataloger_that_fails_costs_its_file_alone(reading: Reading) -> None:
    _, facts = read(reading, Layer(files={"a.pkg": b"bad", "b.pkg": b"x"}))
    assert packages(facts) == {("of1", "b.pkg")}
    assert [(gap.kind, gap.path, gap.what) for gap in trouble(facts)] == [
        (gaps.UNREADABLE_FILE, "a.pkg", "cannot be read (ValueError: is bad)")
    ]


def test_a_file_that_was_passed_over_is_a_gap(reading: Reading) -> None:
    again = structs.replace(reading, passed={"a.pkg": "took too long", "(layer over the layer)": "ended the parser"})
    _, facts = read(again, Layer(files={"a.pkg": b"x", "b.pkg": b"x", "var/db/status": b""}))
    assert packages(facts) == {("of1", "b.pkg")}
    assert [gap.kind for gap in trouble(facts)] == [gaps.PARSER_ENDED] * 2


def test_what_is_too_large_is_a_gap(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "FILE_BYTES", 10)
    monkeypatch.setattr(engine, "SPILL_BYTES", 100)
    monkeypatch.setattr(engine, "HELD_BYTES", 15)
    lists = {f"var/db/info/{name}.list": b"12345678" for name in "abc"}
    files = {"a.pkg": b"x" * 101, "b.pkg": b"x" * 100, "var/db/status": b"x" * 11, **lists}
    _, facts = read(reading, Layer(files=files))
    assert [(gap.kind, gap.path) for gap in trouble(facts)] == [
        (gaps.LIMIT, "a.pkg"),
        (gaps.LIMIT, "var/db/status"),
        (gaps.LIMIT, "var/db/info/b.list"),
        (gaps.LIMIT, "var/db/info/c.list"),
    ]
    assert ("of100", "b.pkg") in packages(facts)


def test_large_files_come_through_the_spill_under_all_their_names(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_SPILL_FROM", 10)
    aliased = structs.replace(reading, aliases={"a.pkg": ("other.pkg",)})
    _, facts = read(aliased, Layer(files={"a.pkg": b"x" * 5000, "b.pkg": b"y" * 300}))
    assert packages(facts) == {("of5000", "a.pkg"), ("of5000", "other.pkg"), ("of300", "b.pkg")}
    assert not trouble(facts)


def test_a_spill_that_is_full_is_a_gap_and_the_layer_is_not_kept(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_SPILL_FROM", 10)
    full = os.open("/dev/full", os.O_RDWR)
    monkeypatch.setattr(os, "ftruncate", lambda *_: None)
    try:
        _, facts = read(structs.replace(reading, spill=full), Layer(files={"a.pkg": b"x" * 50, "b.pkg": b"y"}))
    finally:
        os.close(full)
    assert not facts.complete
    assert packages(facts) == {("of1", "b.pkg")}


def test_links_to_what_is_not_read_are_gaps(reading: Reading) -> None:
    links = {"a.pkg": "elsewhere/data", "ok.pkg": "d/b.pkg", "var/db/status": "/data/status", "etc": "var"}
    _, facts = read(reading, Layer(links=links))
    assert {(gap.kind, gap.path) for gap in trouble(facts)} == {
        (gaps.NOT_FOLLOWED, "a.pkg"),
        (gaps.NOT_FOLLOWED, "var/db/status"),
    }


@pytest.mark.parametrize("folder", ["var", "var/db", "var/db/info"])
def test_a_link_in_the_place_of_a_folder_that_is_looked_into_is_a_gap(reading: Reading, folder: str) -> None:
    _, facts = read(reading, Layer(links={folder: "/data"}, files={"data/status": b""}))
    assert [(gap.kind, gap.path) for gap in trouble(facts)] == [(gaps.NOT_FOLLOWED, folder)]


def test_hard_links_to_unwanted_paths_are_read_in_a_second_walk(reading: Reading) -> None:
    made = Layer(files={"data": b"xyz", "b.pkg": b"1"}, hard_links={"a.pkg": "data", "c.pkg": "b.pkg"})
    first, _ = read(reading, made)
    assert first.linked == {"data": ("a.pkg",)}
    _, facts = read(structs.replace(reading, aliases=first.linked), made)
    assert ("of3", "a.pkg") in packages(facts)


def test_a_layer_that_breaks_off_keeps_what_was_seen(reading: Reading) -> None:
    data = tar_of(Layer(files={"a.pkg": b"x", "b.pkg": b"x" * 2000}))
    _, facts = read_entries(TarWalker(iter([data[:2000]])), reading)
    assert packages(facts) == {("of1", "a.pkg")}
    assert [gap.kind for gap in trouble(facts)] == [gaps.DAMAGED_LAYER]
    assert not facts.complete


def test_facts_of_one_file_are_bounded(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "FACTS_PER_FILE", 0)
    _, facts = read(reading, Layer(files={"a.pkg": b"x"}))
    assert [gap.kind for gap in trouble(facts)] == [gaps.LIMIT]


def test_what_waits_for_its_layer_waits_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FILE_BYTES": 10, "HELD_BYTES": 20, "SPILL_BYTES": 30}.items():
        monkeypatch.setattr(engine, name, value)
    most = engine._most  # noqa: SLF001 - files of the real sizes would take minutes
    assert [most(large=large, waits=waits) for large, waits in [(False, True), (True, False), (True, True)]] == [
        10,
        30,
        20,
    ]


def test_a_large_file_of_a_cataloger_over_the_layer_is_read_whole(reading: Reading) -> None:
    @cataloger(version=1, per="layer", database=Group(glob="var/db/large", large=True))
    def database(files: Files) -> Iterator[Fact]:
        """One package named after the length of the database."""
        for file in files.database:
            yield Package("rpm", f"of{len(file.data)}", "1", file.path)

    describe: Callable[[Cataloger], dict[str, object]] = CATALOGERS._describe  # noqa: SLF001 - the index of our own
    own = structs.replace(
        reading,
        patterns=Patterns({"database": describe(database)}),
        load={"database": database}.__getitem__,
        versions={"database": 1},
    )
    size = engine._SPILL_FROM + 1  # noqa: SLF001 - one byte more than what is put aside
    _, facts = read(own, Layer(files={"var/db/large": bytes(size)}))
    assert packages(facts) == {(f"of{size}", "var/db/large")}


@pytest.mark.parametrize("spill_from", [1, 2**20])
@pytest.mark.parametrize("path", ["bin/tool", "lib/lib.so.1", "lib/lib.so.1.pkg"])
def test_a_program_wanted_by_its_name_is_searched_for_markers_too(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, path: str, spill_from: int
) -> None:
    monkeypatch.setattr(engine, "_SPILL_FROM", spill_from)
    _, facts = read(reading, Layer(files={path: b"\x7fELF" + bytes(500) + b"MARKname" + bytes(9)}))
    found = {one.plugin: one.facts for one in facts.outcomes}
    assert found["marked"] == (Package("golang", "name", "1", path),)


def test_a_file_whose_name_nearly_matches_is_searched_for_markers(reading: Reading) -> None:
    _, facts = read(
        reading, Layer(files={"a/lib.so.": b"\x7fELF" + bytes(500) + b"MARKname", "b/lib.so.x/lib.so.": b""})
    )
    found = {one.plugin: [fact.path for fact in one.facts] for one in facts.outcomes}
    assert found["marked"] == ["a/lib.so."]


def test_a_link_under_a_loose_name_is_no_gap_and_a_hard_link_is_read_again(reading: Reading) -> None:
    made, facts = read(
        reading,
        Layer(files={"bin/other": b"x"}, links={"bin/tool": "/bin/other"}, hard_links={"sbin/tool": "bin/other"}),
    )
    assert not [fact for one in facts.outcomes for fact in one.facts]
    assert made.linked == {"bin/other": ("sbin/tool",)}


@pytest.mark.parametrize("path", ["usr/x", "bin/tool"])
@pytest.mark.parametrize("spill_from", [1, 2**20])
def test_a_program_that_is_needed_whole_is_handed_whole_in_a_second_reading(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, path: str, spill_from: int
) -> None:
    monkeypatch.setattr(engine, "_SPILL_FROM", spill_from)
    made = Layer(files={path: b"\x7fELF" + bytes(500) + b"FAR:" + bytes(4_000_000) + b"last", "a/b.pkg": b"x" * 9})
    first, facts = read(reading, made)
    assert first.needed == {path}
    again = first.again()
    assert again is not None
    second, facts = read(again, made)
    assert second.again() is None
    found = {one.plugin: one.facts for one in facts.outcomes}
    assert found["far"] == (Package("golang", "last", "1", path),)
    assert found["each"] == (Package("npm", "of9", "1", "a/b.pkg"),)


def test_what_is_needed_whole_in_the_second_reading_alone_is_a_gap(reading: Reading) -> None:
    again = structs.replace(reading, whole=frozenset({"usr/y"}))
    _, facts = read(again, Layer(files={"usr/x": b"\x7fELF" + b"FAR:last"}))
    assert [fact.path for one in facts.outcomes for fact in one.facts if isinstance(fact, Gap)] == ["usr/x"]


def test_a_marker_of_the_head_counts_there_alone(reading: Reading) -> None:
    tree = {"a": b"\x7fELF" + bytes(4000) + b"HEAD" + bytes(4000), "b": b"\x7fELF" + bytes(5000) + b"HEAD"}
    _, facts = read(reading, Layer(files=tree))
    assert [one.facts for one in facts.outcomes if one.plugin == "headed"] == [(Package("golang", "of4096", "1", "a"),)]
