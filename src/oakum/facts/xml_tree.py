"""XML as a tree, by expat; whoever writes a document type or an entity is refused, since both serve attacks alone."""

from typing import Any

from msgspec import Struct, field

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import SBOM_DEPTH, TREE_NODES


class Element(Struct):
    """An element.

    Attributes:
        tag: without its namespace.
        space: the namespace.
        attributes: by name.
        text: what stands in it, without what stands in its children.
        children: in their order.
    """

    tag: str
    space: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: "list[Element]" = field(default_factory=list)

    def child(self, tag: str) -> "Element":
        """The first child of that name; an empty one where there is none."""
        return next((one for one in self.children if one.tag == tag), Element(tag))

    def every(self, tag: str) -> "list[Element]":
        """All children of that name."""
        return [one for one in self.children if one.tag == tag]


def tree_of(data: bytes) -> Element:
    """The root of a document.

    Raises:
        DamagedError: it is no XML, or has a document type.
        LimitError: it is nested too deeply, or has more elements and attributes than any honest file.
    """
    from xml.parsers import expat  # noqa: PLC0415 - few files are XML

    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.EntityDeclHandler = builder.refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except (expat.ExpatError, ValueError, LookupError) as error:  # also an encoding that nobody knows
        raise DamagedError(f"is no XML that can be read: {error}"[:300]) from None
    return builder.root


class _Builder:
    """Puts elements together as expat names them."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open: list[Element] = []
        self._parts = 0
        self._pieces: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= SBOM_DEPTH:
            raise LimitError(f"elements lie more than {SBOM_DEPTH} deep in one another")
        self._parts += 1 + len(attributes)
        if self._parts > TREE_NODES:
            raise LimitError(f"has more than {TREE_NODES} elements and attributes")
        space, _, tag = name.rpartition(" ")
        element = Element(tag, space, attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._pieces.append([])

    def end(self, name: str) -> None:
        del name
        self._open.pop().text = "".join(self._pieces.pop()).strip()

    def characters(self, data: str) -> None:
        if self._pieces:
            self._pieces[-1].append(data)

    def refuse(self, *_: Any) -> None:  # noqa: ANN401 - expat gives what it likes
        raise DamagedError("holds a document type or an entity, which is not read")
