"""Hands a cataloger the files of a dictionary, as the engine would."""

import io
import re
from collections.abc import Mapping

from msgspec.structs import replace

from oakum.facts.cataloger import Cataloger, Content, Group
from oakum.facts.elf import HEAD_BYTES
from oakum.facts.files import File, Files, NeedsWholeError
from oakum.facts.notes import Notes
from oakum.facts.sections import Tail
from oakum.kit import limits
from oakum.model.fact import Fact

_WINDOWS = 4


def files_for(plugin: Cataloger, tree: Mapping[str, bytes]) -> Files:
    """The files of a layer that the cataloger asked for, by group."""
    groups = {}
    for name, group in plugin.groups.items():
        found = tuple(file for path in sorted(tree) if (file := _file(group, path, tree[path])) is not None)
        groups[name] = found
    return Files(groups)


def read(plugin: Cataloger, tree: Mapping[str, bytes]) -> list[Fact]:
    """What the cataloger sees in a tree, called as it asks to be: per file or per layer."""
    files = files_for(plugin, tree)
    if plugin.per == "layer":
        return list(plugin.read(files))
    facts: list[Fact] = []
    for name, group in files.groups.items():
        for file in group:
            facts += _called(plugin, name, file, tree[file.path])
    return facts


def _called(plugin: Cataloger, group: str, file: File, content: bytes) -> list[Fact]:
    """What the cataloger sees in one file; one that it needs whole is handed once more."""
    try:
        return list(plugin.read(Files({group: (file,)})))
    except NeedsWholeError:
        return list(plugin.read(Files({group: (replace(file, spill=io.BytesIO(content)),)})))


def _file(group: Group, path: str, data: bytes) -> File | None:
    if group.content is None:
        return File(path, len(data), data) if glob_matches(group.glob, path) else None
    windows = _windows(group.content, data)
    rest = io.BytesIO(data) if windows and group.content.rest else None
    return File(path, len(data), spill=rest, windows=windows) if windows else None


def glob_matches(glob: str, path: str) -> bool:
    """Whether a path is one that the glob names."""
    parts = (".*" if part == "**" else "[^/]*" if part == "*" else re.escape(part) for part in _parts(glob))
    return re.fullmatch("".join(parts).replace(".*/", "(?:.*/)?"), path, re.DOTALL) is not None


def _parts(glob: str) -> list[str]:
    return [part for part in re.split(r"(\*\*|\*)", glob) if part]


def _windows(content: Content, data: bytes) -> tuple[bytes, ...]:
    if not data.startswith(bytes.fromhex(content.magic)):
        return ()
    marker = bytes.fromhex(content.marker)
    if content.section:
        return _section(content, data)
    if content.notes:
        notes = Notes(data[:HEAD_BYTES])
        list(notes.watch(iter([data])))
        return notes.with_marker(marker)
    if content.head:
        return (data[:HEAD_BYTES],) if marker in data[:HEAD_BYTES] else ()
    found: list[bytes] = []
    at = data.find(marker)
    while at >= 0 and len(found) < _WINDOWS:
        if at % content.align == 0:
            begin = max(at - content.before, 0)
            found.append(data[begin : begin + limits.WINDOW_BYTES])
        at = data.find(marker, at + 1)
    return tuple(found)


def _section(content: Content, data: bytes) -> tuple[bytes, ...]:
    tail = Tail(data[:HEAD_BYTES])
    list(tail.watch(iter([data])))
    if content.there:
        return (b"",) if tail.has(content.section) else ()
    held = tail.section(content.section) if data else b""
    return (held,) if held else ()
