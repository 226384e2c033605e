"""The kind of plug-in that reads packages: declare it, and which files it wants.

A group of files is a glob from the root (``var/lib/dpkg/info/*.list``; a leading ``**/``
stands for any folders; ``*`` does not cross a slash except in ``**``), or a ``Content`` for
files that are known by what is in them.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from msgspec import Struct, to_builtins

from oakum.facts.files import Files
from oakum.kit.plugin import Kind
from oakum.model.fact import Fact

Read = Callable[[Files], Iterator[Fact]]

INSTALLED: Final = "installed"
DECLARED: Final = "declared"
DOCUMENT: Final = "document"
"""What a cataloger reads: what is installed, what a source tree declares, or a document about an artifact (an SBOM)."""


class Content(Struct, frozen=True):
    """Files known by their content.

    Attributes:
        magic: hexadecimal bytes that the file begins with.
        marker: hexadecimal bytes that stand somewhere in it; the cataloger gets the stretch from there on.
        section: instead of a marker: a section of an ELF program that is not loaded; the cataloger gets what it holds.
        there: it is enough that there is such a section, loaded or not; the cataloger gets nothing of it.
        align: the marker counts only at multiples of this offset.
        head: the marker counts only in the file's first 4 KiB; the cataloger gets these.
        before: each stretch begins so many bytes before the marker (fewer where the file begins).
        rest: the cataloger gets a spill too, in which everything from the marker on stands at its place in the file.
        notes: the marker counts only in an ELF program's notes; the cataloger gets these.
        least: smaller files are not looked at.
    """

    magic: str
    marker: str = ""
    section: str = ""
    align: int = 1
    least: int = 0
    head: bool = False
    before: int = 0
    rest: bool = False
    notes: bool = False
    there: bool = False


class Group(Struct, frozen=True):
    """One named group of files; exactly one of ``glob`` and ``content`` is given.

    Attributes:
        glob: which paths.
        content: which contents.
        large: files may exceed the memory limit and come as a spill.
        loose: the name is no claim, so that a symbolic link or a device of it is no gap.
    """

    glob: str = ""
    content: Content | None = None
    large: bool = False
    loose: bool = False


class Cataloger(Struct, frozen=True):
    """A decorated cataloger.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes of what it sees.
        per: ``file``: called for each file as it passes by; ``layer``: called once with all files of a layer.
        reads: ``installed``, ``declared`` or ``document``: an opener says which of them its targets hold.
        groups: which files it wants.
        read: the function.
    """

    id: str
    title: str
    version: int
    per: str
    reads: str
    groups: dict[str, Group]
    read: Read


def cataloger(
    *, version: int, per: str = "file", reads: str = INSTALLED, **groups: str | Content | Group
) -> Callable[[Read], Cataloger]:
    """Declare a cataloger; the remaining arguments name its groups of files.

    The function may raise ``OakumError``, ``ValueError``, ``LookupError``, ``EOFError`` or what ``zipfile`` raises
    on damaged input: the engine turns it into a gap for the file at hand. Of a group of contents it may ask for the
    whole file by ``NeedsWholeError``.
    """

    def declare(read: Read) -> Cataloger:
        title = (read.__doc__ or "").strip().split("\n", 1)[0]
        return Cataloger(read.__name__, title, version, per, reads, {k: _group(v) for k, v in groups.items()}, read)

    return declare


def _group(asked: str | Content | Group) -> Group:
    if isinstance(asked, str):
        return Group(glob=asked)
    return Group(content=asked) if isinstance(asked, Content) else asked


def _describe(plugin: Cataloger) -> dict[str, Any]:
    groups = {name: to_builtins(group) for name, group in plugin.groups.items()}
    return {
        "title": plugin.title,
        "version": plugin.version,
        "per": plugin.per,
        "reads": plugin.reads,
        "groups": groups,
    }


CATALOGERS: Kind[Cataloger] = Kind("cataloger", "oakum.facts.catalogers", _describe)
"""All catalogers."""
