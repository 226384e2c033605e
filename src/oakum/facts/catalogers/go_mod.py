"""Cataloger of Go's module files."""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import merged
from oakum.facts.files import Files
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_WORD = re.compile(r'"([^"]*+)"|`([^`]*+)`|([^\s"`()]++)|([()])')
_LOCAL = "(devel)"
_COMPLETE = (1, 17)
"""The version of Go from which on the file names everything that is built in (golang.org/ref/mod, "Lazy loading")."""


class _Module(Struct):
    """What a module file says.

    Attributes:
        go: the version of the language.
        required: versions by name.
        replaced: what stands for ``(name, version)``; the version is empty where it is for every one.
        excluded: names and versions that are never chosen.
    """

    go: tuple[int, ...] = ()
    required: dict[str, str] = field(default_factory=dict)
    replaced: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    excluded: set[tuple[str, str]] = field(default_factory=set)


@cataloger(version=1, reads=DECLARED, modules="**/go.mod")
def go_mod(files: Files) -> Iterator[Fact]:
    """Go modules that a module file requires, also indirectly.

    A replaced module is what it was replaced with; one that was replaced by a local folder keeps its name and
    is ``(devel)``. Where the chosen version is excluded, Go takes another, which the file does not say. The file
    does not say with which Go it will be built, so the standard library is not listed (Go modules
    reference, "go.mod files").
    """
    for file in files.modules:
        module = _module(file.text())
        chosen = (_chosen(name, version, module) for name, version in module.required.items())
        yield from merged(Package("golang", name, version, file.path) for name, version in chosen)
        if module.required and module.go < _COMPLETE:
            what = "before Go 1.17 a go.mod does not name all modules that are built in"
            yield Gap(gaps.UNIDENTIFIED_PACKAGE, what, file.path)


def _chosen(name: str, version: str, module: _Module) -> tuple[str, str]:
    replacement = module.replaced.get((name, version)) or module.replaced.get((name, ""))
    if replacement:
        return (name, _LOCAL) if not replacement[1] else replacement
    return name, "" if (name, version) in module.excluded else version


def _module(text: str) -> _Module:
    """The file's directives, each alone on its line or one of a block (``require ( ... )``)."""
    module, block = _Module(), ""
    for line in text.splitlines():
        words = [next(filter(None, found), "") for found in _WORD.findall(line.partition("//")[0])]
        if not words:
            continue
        if block and words[0] == ")":
            block = ""
        elif words[1:] == ["("]:
            block = words[0]
        elif block:
            _note(module, block, words)
        else:
            _note(module, words[0], words[1:])
    return module


def _note(module: _Module, directive: str, words: list[str]) -> None:
    match directive, words:
        case "require", [name, version]:
            module.required[name] = version
        case "exclude", [name, version]:
            module.excluded.add((name, version))
        case "replace", [name, "=>", new, *number]:
            module.replaced[name, ""] = (new, "".join(number))
        case "replace", [name, version, "=>", new, *number]:
            module.replaced[name, version] = (new, "".join(number))
        case "go", [version]:
            module.go = tuple(int(part) for part in re.findall(r"\d{1,6}", version)[:2])
        case _:
            return
