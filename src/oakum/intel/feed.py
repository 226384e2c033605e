"""The kind of plug-in that reads a source of advisories into our nouns.

A feed gets the base (a folder, or what was downloaded of one), reads only there, and gives
what it saw piece by piece, so that memory stays small. It never trusts the data: every record
is bounded and typed, and one that cannot be used is counted, not fatal.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from oakum.kit.plugin import Kind
from oakum.model.advisory import Advisory, Exploited, SourceRevision
from oakum.model.cve import CveRecord


class ExploitedCve(Struct, frozen=True):
    """What a source knows of a CVE's exploitation."""

    cve: str
    exploited: Exploited
    source: str


class ListedCve(Struct, frozen=True):
    """What a source has of the CVE list."""

    record: CveRecord
    source: str


class Unchanged(Struct, frozen=True):
    """A source that has exactly the bytes that the database was made of, so it was not read again."""

    source: str


Seen = Advisory | ExploitedCve | ListedCve | SourceRevision | Unchanged
"""What a feed gives: its records, and after the records of each source that source's revision."""

Known = Mapping[str, str]
"""The sources that a database holds already, with the revision of each."""

ReadFeed = Callable[[str, Known], Iterator[Seen]]


class Feed(Struct, frozen=True):
    """A decorated feed.

    Attributes:
        id: the file's name; the sources that it gives are named by it: ``epss``, or ``osv:PyPI`` for an ecosystem's.
        title: first line of the docstring.
        version: counts changes of what it gives.
        files: what it reads below the base, as names or globs, for ``db update`` to fetch.
        read: base folder, known sources -> what it saw; nothing when the base has none of its files.
    """

    id: str
    title: str
    version: int
    files: tuple[str, ...]
    read: ReadFeed


def feed(*, files: tuple[str, ...], version: int) -> Callable[[ReadFeed], Feed]:
    """Declare a feed."""

    def declare(read: ReadFeed) -> Feed:
        title = (read.__doc__ or "").strip().split("\n", 1)[0]
        return Feed(read.__name__, title, version, files, read)

    return declare


def _describe(plugin: Feed) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version, "files": list(plugin.files)}


FEEDS: Kind[Feed] = Kind("feed", "oakum.intel.feeds", _describe)
"""All feeds."""
