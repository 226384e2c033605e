"""What an SBOM states, whatever its form, before it is turned into facts."""

from typing import Any

from msgspec import Struct, field

from oakum.facts.files import File
from oakum.kit.errors import LimitError
from oakum.kit.limits import NAME_BYTES, SBOM_BYTES
from oakum.model.fact import Distribution, Document, Gap


class StatedPackage(Struct):
    """One component as a document has it.

    Attributes:
        key: what the document calls it, for edges.
        name: without its group.
        group: or empty.
        version: or empty.
        purl: or empty.
        kind: purl type where no purl says it, or empty.
        licenses: as stated.
        paths: the files that say so.
        scope: ``dev``, ``optional`` or empty.
        values: named values, each with all that were given: properties, annotations.
        depends: what it needs by name and version, where the document says so here and not by keys.
    """

    key: str
    name: str
    group: str = ""
    version: str = ""
    purl: str = ""
    kind: str = ""
    licenses: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    scope: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    depends: tuple[str, ...] = ()

    def value(self, *names: str) -> str:
        """The first value that one of the names has, or empty."""
        return next((given for name in names for given in self.values.get(name, ()) if given), "")


class StatedDocument(Struct):
    """A document.

    Attributes:
        document: what it is.
        packages: in its order.
        distribution: that it states, or None.
        needs: key -> keys of what that needs.
        owners: key -> key of the package whose files it lies in.
        gaps: what the document itself says is unknown.
    """

    document: Document
    packages: list[StatedPackage] = field(default_factory=list)
    distribution: Distribution | None = None
    needs: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)


def content(file: File, most: int = SBOM_BYTES) -> bytes:
    """A document whole, without a mark of its byte order.

    Raises:
        LimitError: it is larger than a document may be.
    """
    if file.size > most:
        raise LimitError(f"is larger ({file.size} bytes) than an SBOM that is read ({most})")
    return file.open().read().removeprefix(b"\xef\xbb\xbf")


def text(value: Any) -> str:  # noqa: ANN401 - documents put anything anywhere
    """A text that a document gives; anything else is none."""
    return value.strip() if isinstance(value, str) else ""


def within(document: str, path: str) -> str:
    """A path that a document states, as one inside the document."""
    path = path.lstrip("/")
    return f"{document}!/{path}" if path and len(path) <= NAME_BYTES else document
