"""Cataloger of Go programs."""

import re
from collections.abc import Iterator

from oakum.facts.bounds import bounded
from oakum.facts.cataloger import Content, cataloger
from oakum.facts.files import File, Files, NeedsWholeError
from oakum.facts.go_pointers import pointed
from oakum.kit.errors import UnreadableError
from oakum.kit.limits import KIB
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_MARKER = b"\xff Go buildinf:"
_HEADER = 32
_POINTER_SIZES = (4, 8)
_INLINE, _POINTERS = (2, 3), (0, 1)
_SENTINEL = 16


_SET = re.compile(r"-X[ =]['\"]?([^\s'\"=]{1,500})=([^\s'\"\\]{1,100})")
_VERSION_NAMES = frozenset({"version", "gitversion", "buildversion", "appversion", "releaseversion"})
_VERSION = re.compile(r"v?(\d+\.\d+\.\d+(?:[-+.][\w.+-]*)?)")
_LOCAL = "(devel)"
_LDFLAGS = "\nbuild\t-ldflags="

_LEAST = 256 * KIB
"""No program that the Go linker writes is smaller: its runtime alone is three times as large."""


@cataloger(version=3, programs=Content(magic=b"\x7fELF".hex(), marker=_MARKER.hex(), align=16, least=_LEAST))
def go_binary(files: Files) -> Iterator[Fact]:
    """Modules that a Go program was built from.

    The linker stores the version of Go and the list of modules in every program
    (Go's debug/buildinfo). The standard library is a module of its own here, since
    advisories speak of it. A program that was built without modules (Debian's are) is known
    by its import path, and its version is not. A replaced module is what it was replaced with; one that
    was replaced by a local folder keeps its name and is ``(devel)``. So is the program's own module where Go
    could not tell; a version that the linker was told to set in it is then taken as a guess. Tools that
    read build information hold the marker as a literal; what follows there is none.
    """
    for file in files.programs:
        seen = ""
        for window in file.windows:
            version, modules, seen = _build_info(file, window, seen)
            if version:
                yield from _modules(version, modules, file.path)
                break
        if seen:
            yield Gap(gaps.UNREADABLE_FILE, seen, file.path)


def _build_info(file: File, window: bytes, seen: str) -> tuple[str, str, str]:
    """The version of Go, the module lines, and what could not be read of a stretch that begins with the marker."""
    if len(window) < _HEADER or not window.startswith(_MARKER) or window[14] not in _POINTER_SIZES:
        return "", "", seen
    if window[15] in _POINTERS:
        return _pointed(file, window)
    if window[15] not in _INLINE:
        return "", "", seen
    version, at = _text(window, _HEADER)
    if not version.startswith((b"go", b"devel")):
        return "", "", seen
    modules, at = _text(window, at)
    if at < 0:
        return version.decode("utf-8", "replace"), "", "the list of Go modules is cut off"
    return version.decode("utf-8", "replace"), _unwrapped(modules), ""


def _pointed(file: File, window: bytes) -> tuple[str, str, str]:
    """The same of Go before 1.18, whose strings lie elsewhere in the program.

    Raises:
        NeedsWholeError: that part of the file was not kept.
    """
    if file.spill is None:
        raise NeedsWholeError
    try:
        version, modules = pointed(file.spill, window)
    except UnreadableError as error:
        return "", "", str(error)
    if not version.startswith((b"go", b"devel")):
        return "", "", "its build information (Go before 1.18) says no version"
    return version.decode("utf-8", "replace"), _unwrapped(modules), ""


def _text(window: bytes, at: int) -> tuple[bytes, int]:
    """A string with its length before it as a varint, and where it ends; -1 when it is not whole."""
    length = shift = 0
    for index in range(at, min(at + 5, len(window))):
        length |= (window[index] & 0x7F) << shift
        shift += 7
        if window[index] < 0x80:  # noqa: PLR2004 - the last byte of a varint has no high bit
            end = index + 1 + length
            return (window[index + 1 : end], end) if end <= len(window) else (b"", -1)
    return b"", -1


def _unwrapped(modules: bytes) -> str:
    """The module lines without the 16 bytes on either side by which the running program finds them."""
    wrapped = len(modules) > 2 * _SENTINEL and modules[-_SENTINEL - 1] == ord("\n")
    return (modules[_SENTINEL:-_SENTINEL] if wrapped else modules).decode("utf-8", "replace")


def _modules(version: str, modules: str, path: str) -> Iterator[Fact]:
    number = version.split(maxsplit=1)[0].removeprefix("go") if version.startswith("go") else version
    yield bounded(Package("golang", "stdlib", number, path))
    held, guessed = _main_package(modules), ""
    for line in modules.split("\n"):
        word, *rest = line.split("\t")
        if word in {"mod", "dep"} and len(rest) > 1:
            if held and word == "dep":
                yield bounded(Package("golang", *held, path, guessed=guessed))
            held, guessed = (rest[0], rest[1]), ""
            if word == "mod" and rest[1] == _LOCAL:
                held, guessed = _told(rest[0], modules)
        elif word == "=>" and held and rest:
            held = _replacement(held[0], rest)
    if held:
        yield bounded(Package("golang", *held, path, guessed=guessed))


def _main_package(modules: str) -> tuple[str, str] | None:
    """The program by its import path, for one that was built without modules; a ``mod`` line goes before it."""
    name = modules.removeprefix("path\t").partition("\n")[0]
    return (name, "") if modules.startswith("path\t") and "." in name.partition("/")[0] else None


def _told(name: str, modules: str) -> tuple[tuple[str, str], str]:
    """The program's module with the one version that the linker set in it, and what the guess rests on.

    ``-X main.version=1.2.3`` is how most programs were given their version before Go 1.24 took it from the tag.
    """
    flags = modules.partition(_LDFLAGS)[2].partition("\n")[0]
    found = set()
    for variable, value in _SET.findall(flags):
        package, _, last = variable.rpartition(".")
        number = _VERSION.fullmatch(value)
        if number and last.lower() in _VERSION_NAMES and f"{package}/".startswith(("main/", f"{name}/")):
            found.add(f"v{number[1]}")
    return ((name, found.pop()), "ldflags") if len(found) == 1 else ((name, _LOCAL), "")


def _replacement(name: str, rest: list[str]) -> tuple[str, str]:
    if rest[0].startswith((".", "/")) or len(rest) == 1:
        return name, _LOCAL
    return rest[0], rest[1]
