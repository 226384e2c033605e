"""Which cataloger wants which file: one cheap test for each of the many paths, an exact one for the few.

Every path of a layer is asked about, so the first test is one call into C for all globs
together: does the path end or begin like one of them?
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, convert

from oakum.facts.cataloger import Group
from oakum.kit.plugin import Entry

_WILD = re.compile(r"[*?]")


class Want(Struct, frozen=True):
    """A cataloger's wish for a kind of file."""

    cataloger: str
    group: str
    large: bool
    per_layer: bool


class MarkerWant(Struct, frozen=True):
    """A cataloger's wish for files with some content."""

    want: Want
    marker: bytes
    align: int


class Patterns:
    """The wishes of some catalogers, made ready to be asked about many paths.

    Args:
        index: entries of ``CATALOGERS.index()`` of those catalogers that are to run.

    Attributes:
        magics: what wanted contents begin with.
        least: the size from which on a content may be wanted.
        folders: folders that lead to wanted files by name, with the wish and an example of the rest of the path.
    """

    def __init__(self, index: Mapping[str, Entry]) -> None:
        """Compile the globs."""
        self._globs: list[tuple[re.Pattern[str], Want]] = []
        self.folders: dict[str, list[tuple[Want, str]]] = {}
        self.magics: dict[bytes, list[MarkerWant]] = {}
        self.least = _least(index)
        tails, heads = set(), set()
        for want, group in _wishes(index):
            if group.content is not None:
                marker = MarkerWant(want, bytes.fromhex(group.content.marker), group.content.align)
                self.magics.setdefault(bytes.fromhex(group.content.magic), []).append(marker)
                continue
            self._globs.append((re.compile(_expression(group.glob), re.DOTALL), want))
            for folder, rest in _folders(group.glob):
                self.folders.setdefault(folder, []).append((want, rest))
            tail = _WILD.split(group.glob)[-1]
            if tail:
                tails.add(tail.removeprefix("/") if group.glob.endswith("**" + tail) else tail)
            else:
                heads.add(_WILD.split(group.glob)[0])
        self.tails = tuple(sorted(tails))
        self.heads = tuple(sorted(heads))
        self.magic_length = max(map(len, self.magics), default=0)

    def maybe(self, path: str) -> bool:
        """Whether any glob may match; no means no."""
        return path.endswith(self.tails) or path.startswith(self.heads)

    def wants(self, path: str) -> list[Want]:
        """Who wants this path, exactly."""
        return [want for expression, want in self._globs if expression.fullmatch(path)]


def _least(index: Mapping[str, Entry]) -> int:
    """The size from which on a file's content may be wanted."""
    contents = [group.content for _, group in _wishes(index) if group.content is not None]
    return min((content.least for content in contents), default=0)


def _wishes(index: Mapping[str, Entry]) -> Iterable[tuple[Want, Group]]:
    for plugin_id, entry in index.items():
        for name, described in entry["groups"].items():
            group = convert(described, Group)
            yield Want(plugin_id, name, group.large, entry["per"] == "layer"), group


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
