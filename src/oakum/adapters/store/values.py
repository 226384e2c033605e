"""How values become columns: texts that any database takes, moments as numbers, bodies, cursors."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import msgspec

from oakum.kit.errors import LimitError, UnreadableError, UsageError

T = TypeVar("T")

_KEY_CHARACTERS: Final = 300
"""An index entry of PostgreSQL holds 2,704 bytes; a longer name is found by its digest."""
_SOME: Final = 500
_MICROSECONDS: Final = 1_000_000
_DIGITS: Final = 18
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_encode: Final = msgspec.msgpack.Encoder(order="deterministic").encode


def storable(text: str) -> str:
    """A text without what no column takes: NUL (PostgreSQL), halves of surrogate pairs (UTF-8)."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def key(text: str) -> str:
    """A text that an index can hold: itself, or its digest where it is long."""
    plain = storable(text)
    if len(plain) <= _KEY_CHARACTERS:
        return plain
    return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()


def moment(text: str) -> int:
    """Microseconds since the epoch of an ISO 8601 text, which comes from many clocks and in many forms; 0 for none.

    Raises:
        UnreadableError: it is no moment.
    """
    if not text:
        return 0
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"{text[:80]!r} is no moment (ISO 8601)") from None
    at = (found if found.tzinfo else found.replace(tzinfo=UTC)) - _EPOCH
    return max(0, (at.days * 86_400 + at.seconds) * _MICROSECONDS + at.microseconds)  # Go's zero time is none


def iso(at: int) -> str:
    """The ISO 8601 text of a moment, or nothing for 0."""
    return (_EPOCH + timedelta(microseconds=at)).isoformat() if at else ""


def pack(value: Any) -> bytes:  # noqa: ANN401 - any of the model
    """A value as msgpack.

    Raises:
        UnreadableError: it holds text that is no Unicode.
    """
    try:
        return _encode(value)
    except UnicodeEncodeError:
        raise UnreadableError("what is to be stored holds text that is no Unicode") from None


def bounded(body: bytes, most: int, what: str) -> bytes:
    """A body that can be read back: no longer than a limit.

    Raises:
        LimitError: it is longer.
    """
    if len(body) > most:
        raise LimitError(f"{what} of {len(body):,} bytes is longer than {most:,}")
    return body


def digest_of(body: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def cursor(number: int, text: str = "") -> str:
    """Where the next page begins: after this place."""
    return f"{number}~{text}"


def place(text: str) -> tuple[int, str]:
    """What a cursor says.

    Raises:
        UsageError: it is no cursor of ours.
    """
    number, mark, rest = text.partition("~")
    known = mark and number.isascii() and number.isdigit() and len(number) <= _DIGITS and "\0" not in rest
    if not known:
        raise UsageError(f"{text[:80]!r} is no cursor")
    return int(number), rest


def some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """A long list in parts that one statement can name."""
    for start in range(0, len(values), _SOME):
        yield values[start : start + _SOME]
