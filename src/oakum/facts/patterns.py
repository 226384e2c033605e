"""Which cataloger wants which file: one cheap test for each of the many paths, an exact one for the few.

Every path of a layer is asked about, so the first test costs the same however many globs there
are: does the path's last name, or its extension, belong to one of them?
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping

from msgspec import Struct, convert

from oakum.facts.cataloger import Content, Group
from oakum.kit.plugin import Entry

_WILD = re.compile(r"[*?]")
_JOKERS = re.compile(r"\*\*/|\*|\?")
_LIBRARY = ".so."
_TIDY = re.compile(r"(?:\*\*/|[^/]+(?<!\*\*)/)*[^/]+")
"""Globs whose last name is the last name of every path that they match."""


class Want(Struct, frozen=True):
    """A cataloger's wish for a kind of file."""

    cataloger: str
    group: str
    large: bool
    per_layer: bool
    loose: bool = False


class MarkerWant(Struct, frozen=True):
    """A cataloger's wish for files with some content."""

    want: Want
    marker: bytes
    align: int
    section: str = ""
    least: int = 0
    head: bool = False
    before: int = 0
    rest: bool = False
    notes: bool = False
    there: bool = False


class _Glob:
    """A glob with its wish; most are never asked about, so their expressions are made when they are.

    Many paths end as some glob does (every ``.json``, every ``.php``), so what a path must hold is looked for first:
    the longest stretch without wildcards, and the last.
    """

    def __init__(self, glob: str, want: Want) -> None:
        plain = _JOKERS.split(glob)
        self.want = want
        self._glob = glob
        self._longest, self._last = max(plain, key=len), plain[-1]
        self._match: Callable[[str], re.Match[str] | None] | None = None

    def matches(self, path: str) -> bool:
        if self._longest not in path or not path.endswith(self._last):
            return False
        if self._match is None:
            self._match = re.compile(_expression(self._glob), re.DOTALL).fullmatch
        return self._match(path) is not None


class Patterns:
    """The wishes of some catalogers, made ready to be asked about many paths.

    Args:
        index: entries of ``CATALOGERS.index()`` of those catalogers that are to run.

    Attributes:
        maybe: whether any glob may match a path; no means no.
        magics: what wanted contents begin with.
        least: the size from which on a content may be wanted.
        folders: folders that lead to wanted files by name, with the wish and an example of the rest of the path.
    """

    def __init__(self, index: Mapping[str, Entry]) -> None:
        """Sort the globs by what a path that they match must end or begin with."""
        self.folders: dict[str, list[tuple[Want, str]]] = {}
        self.magics: dict[bytes, list[MarkerWant]] = {}
        self.least = _least(index)
        self._names: dict[str, list[_Glob]] = {}
        self._extensions: dict[str, list[_Glob]] = {}
        self._libraries: dict[str, list[_Glob]] = {}
        self._others: list[_Glob] = []
        heads: set[str] = set()
        for want, group in _wishes(index):
            if group.content is not None:
                self.magics.setdefault(bytes.fromhex(group.content.magic), []).append(_marker(want, group.content))
                continue
            heads |= self._sort(group.glob, want)
            for folder, rest in _folders(group.glob):
                self.folders.setdefault(folder, []).append((want, rest))
        self.maybe = _first_test(self._names, self._extensions, self._libraries, tuple(sorted(heads)))
        self.magic_length = max(map(len, self.magics), default=0)

    def _sort(self, glob: str, want: Want) -> set[str]:
        """Put a glob where its paths are found; give what they begin with when their end says nothing."""
        last = glob.rpartition("/")[2]
        tail = _WILD.split(last)[-1]
        if not _TIDY.fullmatch(glob):
            self._others.append(_Glob(glob, want))
            return {""}
        if tail == last:
            self._names.setdefault(last, []).append(_Glob(glob, want))
        elif last.endswith(_LIBRARY + "*") and not _WILD.search(last[:-1]):
            self._libraries.setdefault(_library(last), []).append(_Glob(glob, want))
        elif "." in tail:
            self._extensions.setdefault(_extension(tail), []).append(_Glob(glob, want))
        else:
            self._others.append(_Glob(glob, want))
            return {_WILD.split(glob)[0]}
        return set()

    def wants(self, path: str) -> list[Want]:
        """Who wants this path, exactly."""
        base = path[path.rfind("/") + 1 :]
        globs = (
            *self._names.get(base, ()),
            *self._extensions.get(_extension(base), ()),
            *self._libraries.get(_library(base), ()),
            *self._others,
        )
        return [glob.want for glob in globs if glob.matches(path)]


def _first_test(
    names: Container[str], extensions: Container[str], libraries: Container[str], heads: tuple[str, ...]
) -> Callable[[str], bool]:
    """The test of every path, as a function of its own: it is asked a hundred thousand times in a layer."""

    def maybe(path: str) -> bool:
        base = path[path.rfind("/") + 1 :]
        return (
            base in names
            or base[base.rfind(".") :] in extensions
            or (_LIBRARY in base and _library(base) in libraries)
            or path.startswith(heads)
        )

    return maybe


def _extension(base: str) -> str:
    """From the last dot on; without one, something that is no extension."""
    return base[base.rfind(".") :]


def _library(base: str) -> str:
    """A shared library without its version: ``libz`` of ``libz.so.1.3``."""
    return base.partition(_LIBRARY)[0]


def _least(index: Mapping[str, Entry]) -> int:
    """The size from which on a file's content may be wanted."""
    contents = [group.content for _, group in _wishes(index) if group.content is not None]
    return min((content.least for content in contents), default=0)


def _marker(want: Want, content: Content) -> MarkerWant:
    return MarkerWant(
        want=want,
        marker=bytes.fromhex(content.marker),
        align=content.align,
        section=content.section,
        least=content.least,
        head=content.head,
        before=content.before,
        rest=content.rest,
        notes=content.notes,
        there=content.there,
    )


def _wishes(index: Mapping[str, Entry]) -> Iterable[tuple[Want, Group]]:
    for plugin_id, entry in index.items():
        for name, described in entry["groups"].items():
            group = convert(described, Group)
            yield Want(plugin_id, name, group.large, entry["per"] == "layer", group.loose), group


def _folders(glob: str) -> Iterable[tuple[str, str]]:
    """The folders that a glob names without wildcards, each with the rest of some path below it."""
    example = _WILD.sub("x", glob)
    for at, letter in enumerate(glob):
        if letter in "*?":
            return
        if letter == "/":
            yield glob[:at], example[at:]


def _expression(glob: str) -> str:
    """A glob as a regular expression: ``**/`` any folders, ``*`` and ``?`` within a name."""
    wild = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "".join(wild.get(part, re.escape(part)) for part in re.split(r"(\*\*/|\*|\?)", glob))
