"""What every cataloger promises: its golden output, and its conduct on hostile input."""

import builtins
import json
import os
import random
import socket
import zipfile
import zlib
from typing import Any, NoReturn

import pytest
from msgspec import to_builtins
from msgspec.structs import fields

from oakum.facts.cataloger import CATALOGERS, DECLARED, DOCUMENT, INSTALLED, Cataloger
from oakum.kit import limits
from oakum.kit.errors import OakumError
from oakum.model.fact import Fact, Package
from oakum.testing.files import read

CORPUS = os.path.join(os.path.dirname(__file__), "..", "corpus")
DOCUMENTED = (OakumError, ValueError, LookupError, EOFError, zipfile.BadZipFile, zlib.error)
EXPECTED = "expected.json"
HOSTILE = "a\x1b[31m\u202eb\x00\n../../etc/passwd"

CASES = [(id_, case) for id_ in CATALOGERS.ids() for case in sorted(os.listdir(os.path.join(CORPUS, id_)))]


def tree_of(id_: str, case: str) -> dict[str, bytes]:
    root = os.path.join(CORPUS, id_, case)
    tree = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                tree[os.path.relpath(path, root)] = file.read()
    tree.pop(EXPECTED, None)
    return tree


def outcome(plugin: Cataloger, tree: dict[str, bytes]) -> list[Fact]:
    """What it sees; nothing when it raises what its kind may raise, anything else is a failure."""
    try:
        return read(plugin, tree)
    except DOCUMENTED:
        return []


def stated(fact: Fact) -> dict[str, Any]:
    """What a fact says, by name; fields that it does not use are left out, so that a new one changes no example."""
    said = {field.encode_name: (getattr(fact, field.name), field.default) for field in fields(fact)}
    used = {name: to_builtins(value) for name, (value, default) in said.items() if value != default}
    return json.loads(json.dumps({"fact": type(fact).__name__.lower(), **used}))  # type: ignore[no-any-return]


@pytest.mark.parametrize(("id_", "case"), CASES)
def test_golden_output_changes_only_with_the_version(id_: str, case: str) -> None:
    plugin = CATALOGERS.load(id_)
    facts = [stated(fact) for fact in read(plugin, tree_of(id_, case))]
    path = os.path.join(CORPUS, id_, case, EXPECTED)
    stored: dict[str, Any] = {"version": 0, "facts": None}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            stored = json.load(file)
    if os.environ.get("OAKUM_GOLDEN") == "write" and stored["version"] != plugin.version:
        stored = {"version": plugin.version, "facts": facts}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(stored, file, indent=1, ensure_ascii=True)
            file.write("\n")
    assert stored["version"] == plugin.version, "look at the new output, then write it: OAKUM_GOLDEN=write"
    assert stored["facts"] == facts, "the output changed: raise the cataloger's version"


@pytest.mark.parametrize("id_", CATALOGERS.ids())
def test_index_says_what_the_plugin_says(id_: str) -> None:
    plugin = CATALOGERS.load(id_)
    entry = CATALOGERS.index()[id_]
    assert plugin.id == id_
    assert plugin.per in {"file", "layer"}
    assert plugin.title.endswith(".")
    groups = {name: to_builtins(group) for name, group in plugin.groups.items()}
    described = {"title": plugin.title, "version": plugin.version, "per": plugin.per, "reads": plugin.reads}
    assert entry == {**described, "groups": groups}
    assert plugin.reads in {INSTALLED, DECLARED, DOCUMENT}


@pytest.mark.parametrize(("id_", "case"), CASES)
def test_paths_come_from_the_files_and_fields_are_text(id_: str, case: str) -> None:
    tree = tree_of(id_, case)
    for fact in read(CATALOGERS.load(id_), tree):
        assert fact.path.split("!/")[0] in tree
        assert isinstance(fact, Fact)


@pytest.mark.parametrize(("id_", "case"), CASES)
def test_damaged_files_raise_only_what_is_documented(id_: str, case: str) -> None:
    plugin = CATALOGERS.load(id_)
    source = random.Random(id_)  # noqa: S311 - a test wants the same bytes every time
    tree = tree_of(id_, case)
    for path, data in tree.items():
        sizes = [0, *(1 << power for power in range(len(data).bit_length())), len(data) - 1]
        damaged = [data[:size] for size in sizes if size >= 0]
        damaged += [data[:16] + source.randbytes(400), b"\n\n" * 200, data + data, data[::-1]]
        for _ in range(40):
            flipped = bytearray(data or b"\0")
            for _ in range(4):
                flipped[source.randrange(len(flipped))] = source.randrange(256)
            damaged.append(bytes(flipped))
        for content in damaged:
            outcome(plugin, tree | {path: content})


@pytest.mark.parametrize(("id_", "case"), CASES)
def test_deep_nesting_and_hostile_names_are_survived(id_: str, case: str) -> None:
    plugin = CATALOGERS.load(id_)
    tree = tree_of(id_, case)
    nested = [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"(" * 100_000,
        b"a" * 300_000,
        b"- " * 50_000,
    ]
    for path in tree:
        for content in nested:
            outcome(plugin, tree | {path: content})
        outcome(plugin, {f"{HOSTILE}/{path}": tree[path]})


def _with_wrong_types(value: object, source: random.Random) -> object:
    """A copy in which some values are of another type, empty, or longer than any name."""
    if source.random() < 0.1:
        return source.choice([None, 3, True, [], {}, "", "x" * 2_000, [[3]], {"name": []}, [None, "a", {"": 1}]])
    if isinstance(value, dict):
        return {key: _with_wrong_types(inner, source) for key, inner in value.items()}
    return [_with_wrong_types(inner, source) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("id_", "case"), CASES)
def test_values_of_wrong_types_are_survived(id_: str, case: str) -> None:
    """Nobody checks a JSON file before we do (so, where YAML is wanted, JSON being a part of it)."""
    plugin = CATALOGERS.load(id_)
    source = random.Random(id_)  # noqa: S311 - a test wants the same bytes every time
    tree = tree_of(id_, case)
    for path, data in tree.items():
        try:
            document = json.loads(data)
        except ValueError:
            continue
        for _ in range(150):
            for fact in outcome(plugin, tree | {path: json.dumps(_with_wrong_types(document, source)).encode()}):
                assert not isinstance(fact, Package) or len(fact.name) <= limits.FIELD_CHARACTERS


@pytest.mark.parametrize(("id_", "case"), CASES)
def test_reading_is_deterministic_and_touches_nothing(id_: str, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = CATALOGERS.load(id_)
    tree = tree_of(id_, case)
    first = read(plugin, tree)

    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a cataloger opened a file or a socket")

    monkeypatch.setattr(builtins, "open", refused)
    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(socket, "socket", refused)
    assert read(plugin, dict(reversed(tree.items()))) == first


def test_every_cataloger_has_a_corpus() -> None:
    assert {id_ for id_, _ in CASES} == set(CATALOGERS.ids())
