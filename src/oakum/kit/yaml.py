"""YAML from outside, within bounds: no aliases, no tags, every scalar as the text that was written.

Lock files are read with it. A version such as ``1.10`` must stay what it is, so nothing is
turned into a number or a date; only a plain null is ``None``. Aliases are refused: no lock file
needs them, and they are how a small file becomes a large tree ("billion laughs").

The events come from libyaml through PyYAML's C parser, whose own tree builder recurses in C
and crashes on deep nesting; this one stops at its own depth, before libyaml turns slow.
"""

from typing import Any, Final

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_DEPTH, TREE_NODES, YAML_BYTES

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


def documents(data: bytes) -> list[Any]:
    """Every document of a stream as lists, dictionaries with text as keys, texts and ``None``.

    Raises:
        DamagedError: it is no YAML, names a key twice, or uses aliases or keys that are no text.
        LimitError: it is larger, deeper or has more parts than is read.
    """
    if len(data) > YAML_BYTES:
        raise LimitError(f"the YAML is larger than {YAML_BYTES} bytes")
    import yaml  # noqa: PLC0415 - takes 40 ms, and an image's scan reads no lock file

    try:
        return _Builder(data).documents()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DamagedError(f"is no YAML: {str(error)[:200]}") from error


def document(data: bytes) -> Any:  # noqa: ANN401 - a document may be anything
    """The first document; ``None`` where there is none.

    Raises:
        DamagedError, LimitError: as of ``documents``.
    """
    return next(iter(documents(data)), None)


def placed(data: bytes) -> tuple[list[Any], dict[str, str]]:
    """Every document, and where each of its parts stands: ``$[0].when.all[1]`` -> ``12:5``, line and column.

    For files that people write: messages name the place. The paths are those of msgspec's errors, with the number
    of the document in front.

    Raises:
        DamagedError, LimitError: as of ``documents``.
    """
    if len(data) > YAML_BYTES:
        raise LimitError(f"the YAML is larger than {YAML_BYTES} bytes")
    import yaml  # noqa: PLC0415 - see documents

    try:
        builder = _PlacedBuilder(data)
        return builder.documents(), builder.places
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DamagedError(f"is no YAML: {str(error)[:200]}") from error


class _Builder:
    """Builds trees out of one stream of events, counting as it goes."""

    def __init__(self, data: bytes) -> None:
        from yaml import CLoader, events  # noqa: PLC0415 - see documents

        self._next = CLoader(data).get_event
        self._nodes = 0
        self._scalar, self._alias = events.ScalarEvent, events.AliasEvent
        self._sequence, self._mapping = events.SequenceStartEvent, events.MappingStartEvent
        self._collection_end, self._document = events.CollectionEndEvent, events.DocumentStartEvent

    def documents(self) -> list[Any]:
        found = []
        while (event := self._next()) is not None:
            if isinstance(event, self._document):
                found.append(self._node(self._next(), 0))
        return found

    def _node(self, event: Any, depth: int) -> Any:  # noqa: ANN401 - as above
        self._nodes += 1
        if self._nodes > TREE_NODES or depth > TREE_DEPTH:
            raise LimitError(f"the YAML is nested deeper than {TREE_DEPTH} or has more than {TREE_NODES} parts")
        if isinstance(event, self._scalar):
            return None if event.value in _NULLS and event.implicit[0] else event.value
        if isinstance(event, self._alias):
            raise DamagedError("the YAML uses aliases, which are not followed")
        return self._items(depth) if isinstance(event, self._sequence) else self._pairs(depth)

    def _items(self, depth: int) -> list[Any]:
        items = []
        while not isinstance(event := self._next(), self._collection_end):
            items.append(self._node(event, depth + 1))
        return items

    def _pairs(self, depth: int) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not isinstance(event := self._next(), self._collection_end):
            if not isinstance(event, self._scalar):
                raise DamagedError("the YAML has a key that is no text, or an alias as a key")
            key: str = event.value
            if key in pairs:
                raise DamagedError(f"the YAML names the key {key[:80]!r} twice")
            pairs[key] = self._value(event, depth)
        return pairs

    def _value(self, key: Any, depth: int) -> Any:  # noqa: ANN401 - as above
        del key  # where it stands matters to those who keep places
        return self._node(self._next(), depth + 1)


class _PlacedBuilder(_Builder):
    """Keeps the place of every part as well."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.places: dict[str, str] = {}
        self._path = "$"
        self._documents = 0

    def _node(self, event: Any, depth: int) -> Any:  # noqa: ANN401 - as above
        if depth == 0:
            self._path = f"$[{self._documents}]"
            self._documents += 1
        self.places.setdefault(self._path, f"{event.start_mark.line + 1}:{event.start_mark.column + 1}")
        return super()._node(event, depth)

    def _items(self, depth: int) -> list[Any]:
        items: list[Any] = []
        path = self._path
        while not isinstance(event := self._next(), self._collection_end):
            self._path = f"{path}[{len(items)}]"
            items.append(self._node(event, depth + 1))
        self._path = path
        return items

    def _value(self, key: Any, depth: int) -> Any:  # noqa: ANN401 - as above
        path = self._path
        self._path = f"{path}.{key.value}"
        self.places[self._path] = f"{key.start_mark.line + 1}:{key.start_mark.column + 1}"
        value = self._node(self._next(), depth + 1)
        self._path = path
        return value
