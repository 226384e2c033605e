"""The kind of plug-in that writes a report."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from oakum.kit.plugin import Kind
from oakum.model.report import Report


class Page(Struct, frozen=True):
    """Where the document goes.

    Attributes:
        width: columns of the terminal.
        colour: whether it shows colours.
        surroundings: what the CI system says of its job, by the names of the variables that say it.
    """

    width: int = 80
    colour: bool = False
    surroundings: Mapping[str, str] = {}


Write = Callable[[Report, Page], bytes]


class Format(Struct, frozen=True):
    """A decorated format.

    Attributes:
        id: the file's name with hyphens for underscores, as ``-f`` takes it.
        title: first line of the docstring.
        version: counts changes of the output.
        media_type: of the document.
        write: the function; gives the whole document and raises nothing.
    """

    id: str
    title: str
    version: int
    media_type: str
    write: Write


def output_format(*, media_type: str, version: int) -> Callable[[Write], Format]:
    """Declare an output format."""

    def declare(write: Write) -> Format:
        title = (write.__doc__ or "").strip().split("\n", 1)[0]
        return Format(write.__name__, title, version, media_type, write)

    return declare


def _describe(plugin: Format) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version, "media_type": plugin.media_type}


FORMATS: Kind[Format] = Kind("format", "oakum.effects.formats", _describe)
"""All output formats."""
