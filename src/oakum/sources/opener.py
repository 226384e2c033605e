"""The kind of plug-in that opens a target: where its layers lie, and what it says of itself.

Openers run in the parser: they read hostile manifests. They read no layer.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from oakum.kit.plugin import Kind
from oakum.model.artifact import Artifact
from oakum.model.reading import Target


class LayerPlace(Struct, frozen=True):
    """Where a layer lies.

    Attributes:
        path: file to open for it, or empty when ``descriptor`` holds it.
        descriptor: an open file that holds it, or -1.
        offset: where it begins in the file.
        size: stored bytes.
        expected: digest that the stored bytes must have, or empty when nothing states one.
        folder: a folder to walk instead.
        file: a single file to read instead, as if it lay alone in a folder.
        name: under which that file is seen, or empty for its own.
        missing: why the layer is not there, or empty.
        streamed: whether it comes through a pipe from the fetcher, which vouches for ``expected``.
        plain: whether nothing states its digest: the tar of a file system that is no image.
    """

    path: str = ""
    descriptor: int = -1
    offset: int = 0
    size: int = 0
    expected: str = ""
    folder: str = ""
    file: str = ""
    name: str = ""
    missing: str = ""
    streamed: bool = False
    plain: bool = False


class NeededError(Exception):
    """An opener whose target lies behind a network needs a document before it can go on.

    It is called again with the document in ``Target.documents``; the caller holds it to its digest.

    Attributes:
        digest: of the document.
        size: in bytes, or -1 when nothing says it.
        manifest: whether it is a manifest or an index.
    """

    def __init__(self, digest: str, size: int, *, manifest: bool) -> None:
        """Say which."""
        super().__init__(digest)
        self.digest = digest
        self.size = size
        self.manifest = manifest


class SeveralError(Exception):
    """Every platform of a target was asked for, and there is more than one.

    Attributes:
        platforms: each as ``os/architecture[/variant]@DIGEST``; what stands before the ``@`` may be empty.
    """

    def __init__(self, platforms: tuple[str, ...]) -> None:
        """Say which."""
        super().__init__(", ".join(platforms))
        self.platforms = platforms


class OpenedTarget(Struct, frozen=True):
    """A target that was opened: the artifact, and one place per layer in the same order."""

    artifact: Artifact
    places: tuple[LayerPlace, ...]


Open = Callable[[Target], OpenedTarget]
Places = Callable[[Target], Iterable[str]]


class Opener(Struct, frozen=True):
    """A decorated opener.

    Attributes:
        id: the file's name.
        prefix: what stands before the colon of a reference.
        title: first line of the docstring.
        version: counts changes.
        example: a reference that it opens.
        reads: what its targets hold, as catalogers say it: ``installed``, ``declared``, ``document``.
        archive: whether its target is one file that may be packed as a whole; the opener gets it unpacked.
        places: gives the files and folders that reading a target takes, by names and links alone: the parser
            is confined to them before it reads anything.
        open: the function; raises ``UnreadableError`` or ``UsageError``.
    """

    id: str
    prefix: str
    title: str
    version: int
    example: str
    reads: tuple[str, ...]
    archive: bool
    places: Places
    open: Open


def _itself(target: Target) -> Iterable[str]:
    return () if target.descriptor >= 0 else (target.path,)


def opener(
    *,
    example: str,
    version: int,
    reads: tuple[str, ...] = ("installed",),
    archive: bool = False,
    places: Places = _itself,
) -> Callable[[Open], Opener]:
    """Declare an opener; its prefix is its name with hyphens, and its place the target's path."""

    def declare(function: Open) -> Opener:
        title = (function.__doc__ or "").strip().split("\n", 1)[0]
        name = function.__name__.rstrip("_")
        prefix = name.replace("_", "-")
        return Opener(function.__name__, prefix, title, version, example, reads, archive, places, function)

    return declare


def _describe(plugin: Opener) -> dict[str, Any]:
    described = {"title": plugin.title, "version": plugin.version, "archive": plugin.archive}
    return {**described, "prefix": plugin.prefix, "example": plugin.example, "reads": list(plugin.reads)}


OPENERS: Kind[Opener] = Kind("opener", "oakum.sources.openers", _describe)
"""All openers."""
