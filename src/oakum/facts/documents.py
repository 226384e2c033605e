"""JSON, YAML and TOML files as typed values, for catalogers.

What is no such document, or is shaped otherwise than its format says, raises what the engine
turns into a gap; a field that nobody asked for may be of any kind.
"""

import re
from typing import Any, Final, TypeVar

from msgspec import MsgspecError, ValidationError, convert
from msgspec.json import decode

from oakum.facts.files import File
from oakum.kit import toml, yaml
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_NODES

T = TypeVar("T")

_BOM: Final = b"\xef\xbb\xbf"
_STRING: Final = rb'"(?:[^"\\]|\\.)*+"?|'
_COMMENT: Final = re.compile(_STRING + rb"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?", re.DOTALL)
_LAST_COMMA: Final = re.compile(_STRING + rb",(?=\s*+[}\]])", re.DOTALL)
"""A string, which stays, or what JSON has not: a comment, a comma before a closing bracket."""


def json_file(file: File, kind: type[T]) -> T:
    """A JSON file; bytes that are no UTF-8 become replacement characters.

    Raises:
        DamagedError: it is no JSON, or not what ``kind`` says.
        LimitError: it is nested too deep, or holds more values than any honest file.
    """
    return _json(file.data.removeprefix(_BOM), kind)


def loose_json_file(file: File, kind: type[T]) -> T:
    """A JSON file with comments and trailing commas, as JavaScript's tools write it.

    Raises:
        DamagedError, LimitError: as of ``json_file``.
    """
    return _json(_LAST_COMMA.sub(_kept, _COMMENT.sub(_kept, file.data.removeprefix(_BOM))), kind)


def yaml_file(file: File, kind: type[T]) -> T:
    """The last document of a YAML file (earlier ones are a tool's own); texts are turned into what ``kind`` asks.

    Raises:
        DamagedError: it is no YAML, or not what ``kind`` says.
        LimitError: it passes a limit.
    """
    return typed((yaml.documents(file.data) or [None])[-1], kind)


def toml_file(file: File, kind: type[T]) -> T:
    """A TOML file.

    Raises:
        DamagedError: it is no TOML, or not what ``kind`` says.
        LimitError: it passes a limit.
    """
    return typed(toml.document(file.data.removeprefix(_BOM)), kind)


def typed(value: Any, kind: type[T]) -> T:  # noqa: ANN401 - this is where it gets its type
    """A value of lists, dictionaries and texts as ``kind``.

    Raises:
        DamagedError: it is none.
    """
    try:
        return convert(value, kind, strict=False)
    except ValidationError as error:
        raise DamagedError(f"is not what its format says: {str(error)[:200]}") from error


def _json(data: bytes, kind: type[T]) -> T:
    if sum(data.count(sign) for sign in (b",", b"[", b"{")) > TREE_NODES:
        raise LimitError(f"holds more than {TREE_NODES} values")
    try:
        return decode(data, type=kind, strict=False)
    except UnicodeDecodeError:
        return _json(data.decode("utf-8", "replace").encode(), kind)
    except RecursionError as error:
        raise LimitError("the JSON is nested too deep") from error
    except MsgspecError as error:
        raise DamagedError(f"is not what its format says: {str(error)[:200]}") from error


def _kept(found: re.Match[bytes]) -> bytes:
    return found[0] if found[0].startswith(b'"') else b""
