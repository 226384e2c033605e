"""Terms of Erlang and Elixir as lock files and application files write them, read and never run.

Of both languages the part that stands for data: tuples, lists, maps, texts, atoms, numbers, binaries
of one text. What is anything else, code above all, is damage.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from msgspec import Struct

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_DEPTH, TREE_NODES

_PARTS: Final = r"""[\s,|]++|COMMENT[^\n]*+|/[a-z][\w-]*+
    |(?P<open>MAP?\{|\[|<<)|(?P<close>\}|\]|>>)
    |(?P<arrow>=>)|(?P<end>\.(?=\s|$))
    |(?P<text>:?"(?:[^"\\]|\\.)*+"(?::(?=\s))?|:?'(?:[^'\\]|\\.)*+'(?::(?=\s))?)
    |(?P<word>:?[\w@+-][\w@.!?+\#-]*+(?::(?=\s))?)"""
_LANGUAGES: Final = {"erlang": (r"%", r"\#"), "elixir": (r"\#", r"%")}
"""How a comment begins, and what stands before the brace of a map: each language has what the other has."""

_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_CLOSES: Final = {"{": "}", "%{": "}", "#{": "}", "[": "]", "<<": ">>"}


class _Frame(Struct):
    """A bracket that is open; ``key`` waits for its value."""

    opened: str
    items: list[Any]
    key: Any = None


def terms(text: str, language: str) -> list[Any]:
    """The terms of a file: tuples, lists, maps as lists of pairs, and texts; ``key: value`` is a pair.

    Args:
        text: the file.
        language: ``erlang`` or ``elixir``.

    Raises:
        DamagedError: it is no such data.
        LimitError: it is nested deeper, or has more parts, than is read.
    """
    token_at = _tokens(language)
    stack = [_Frame("", [])]
    at = nodes = 0
    while at < len(text):
        token = token_at(text, at)
        if token is None:
            raise DamagedError(f"holds {text[at : at + 20]!r}, which is no data")
        at = token.end()
        if token.lastgroup in (None, "end"):
            continue
        nodes += 1
        if nodes > TREE_NODES or len(stack) > TREE_DEPTH:
            raise LimitError(f"is nested deeper than {TREE_DEPTH} or has more than {TREE_NODES} parts")
        _take(stack, token.lastgroup or "", token.group())
    if len(stack) != 1:
        raise DamagedError("ends before its brackets do")
    return stack[0].items


@cache
def _tokens(language: str) -> Callable[[str, int], re.Match[str] | None]:
    comment, map_sign = _LANGUAGES[language]
    return re.compile(_PARTS.replace("COMMENT", comment).replace("MAP", map_sign), re.VERBOSE | re.DOTALL).match


def _take(stack: list[_Frame], kind: str, word: str) -> None:
    """One token more."""
    if kind == "open":
        stack.append(_Frame(word, []))
    elif kind == "close":
        _close(stack, word)
    elif kind == "arrow":
        stack[-1].key = stack[-1].items.pop() if stack[-1].items else ""
    elif len(word) > 1 and word.endswith(":"):
        stack[-1].key = _plain(word[:-1])
    else:
        _add(stack[-1], _plain(word))


def _close(stack: list[_Frame], word: str) -> None:
    frame = stack.pop()
    if not stack or _CLOSES[frame.opened] != word:
        raise DamagedError(f"has a {word} that closes nothing")
    if frame.opened == "{":
        _add(stack[-1], tuple(frame.items))
    elif frame.opened == "<<":
        _add(stack[-1], "".join(item for item in frame.items if isinstance(item, str)))
    else:
        _add(stack[-1], frame.items)


def _add(frame: _Frame, value: Any) -> None:  # noqa: ANN401 - a term may be anything
    if frame.key is not None:
        value, frame.key = (frame.key, value), None
    frame.items.append(value)


def _plain(word: str) -> str:
    """A text or an atom without what marks it."""
    word = word.removeprefix(":")
    return _ESCAPED.sub(r"\1", word[1:-1]) if word[:1] in ('"', "'") else word
