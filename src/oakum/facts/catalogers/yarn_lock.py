"""Cataloger of Yarn's lock files."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.documents import typed, yaml_file
from oakum.facts.files import Files
from oakum.facts.node_lock import Locked, is_folder, locked_packages, shipped, split_name
from oakum.model import gaps
from oakum.model.fact import Fact, Gap

_WORD = re.compile(r'"((?:[^"\\]|\\.)*+)"?|([^\s,"]++)')
_NEEDS = frozenset({"dependencies", "optionalDependencies"})


class _Modern(Struct, rename="camel"):
    version: str = ""
    resolution: str = ""
    dependencies: dict[str, str] = {}


class _Block(Struct):
    """One entry: the asks that it answers, what answers them, and what that asks for itself."""

    asks: tuple[str, ...]
    version: str = ""
    needs: list[str] = []


@cataloger(version=1, reads=DECLARED, locks="**/yarn.lock")
def yarn_lock(files: Files) -> Iterator[Fact]:
    """Node packages that Yarn has locked, classic (1) and modern (2 and later), with what they need.

    The file does not say what is for development. An alias is the package that it stands for; a patched
    package is the one that was patched. Folders of the project itself are left out, as is a lock
    file that came with an installed package.
    """
    for file in files.locks:
        if shipped(file.path):
            continue
        text = file.text()
        if "\n__metadata:" in text:
            yield from locked_packages(_modern(yaml_file(file, dict[str, Any])), file.path)
            continue
        blocks = list(_blocks(text))
        yield from locked_packages(_classic(blocks), file.path)
        if not blocks and not text.lstrip().startswith("#"):
            yield Gap(gaps.UNREADABLE_FILE, "is no lock file of Yarn", file.path)


def _modern(document: Mapping[str, Any]) -> dict[str, Locked]:
    entries = {key: typed(entry, _Modern) for key, entry in document.items() if key != "__metadata"}
    answers = {ask: key for key in entries for ask in key.split(", ")}
    locked = {}
    for key, entry in entries.items():
        name, place = split_name(entry.resolution or key)
        if not is_folder(place):
            asked = [f"{need}@{wanted}" for need, wanted in entry.dependencies.items()]
            asked += [f"{need}@npm:{wanted}" for need, wanted in entry.dependencies.items()]
            locked[key] = Locked(name, entry.version, tuple(answers[ask] for ask in asked if ask in answers))
    return locked


def _classic(blocks: list[_Block]) -> dict[str, Locked]:
    answers = {ask: block.asks[0] for block in blocks for ask in block.asks}
    locked = {}
    for block in blocks:
        name, wanted = split_name(block.asks[0])
        if wanted.startswith("npm:"):
            name = split_name(wanted[4:])[0]
        if not is_folder(wanted):
            needs = tuple(answers[ask] for ask in block.needs if ask in answers)
            locked[block.asks[0]] = Locked(name, block.version, needs)
    return locked


def _blocks(text: str) -> Iterator[_Block]:
    """The entries of a classic file: an unindented line of asks, fields below it, needs below some of those."""
    block, field = _Block(()), ""
    for line in text.splitlines():
        words = [word for found in _WORD.finditer(line) if (word := found[1] or found[2])]
        if not words or line.lstrip().startswith("#"):
            continue
        if not line.startswith(" "):
            if block.asks:
                yield block
            block = _Block(tuple(word.removesuffix(":") for word in words if word != ":"))
        elif not line.startswith("    "):
            field = words[0].removesuffix(":")
            _note(block, field, words)
        elif field in _NEEDS:
            block.needs.append("@".join(words[:2]))
    if block.asks:
        yield block


def _note(block: _Block, field: str, words: list[str]) -> None:
    if field == "version" and len(words) > 1:
        block.version = words[1]
