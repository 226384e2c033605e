"""The kind of plug-in that reads a source of advisories into our nouns.

A feed gets the base (a folder, or what was downloaded of one), reads only there, and gives
what it saw piece by piece, so that memory stays small. It never trusts the data: every record
is bounded and typed, and one that cannot be used is counted, not fatal.
"""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from oakum.kit.plugin import Kind
from oakum.model.advisory import Advisory, Exploited, SourceRevision


class ExploitedCve(Struct, frozen=True):
    """What a feed knows of a CVE's exploitation."""

    cve: str
    exploited: Exploited


Seen = Advisory | ExploitedCve | SourceRevision
"""What a feed gives: its records, and after the records of each source that source's revision."""

ReadFeed = Callable[[str], Iterator[Seen]]


class Feed(Struct, frozen=True):
    """A decorated feed.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes of what it gives.
        files: what it reads below the base, as names or globs, for ``db update`` to fetch.
        read: base folder -> what it saw; nothing when the base has none of its files.
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
