"""The fields of a file in opam's format (opam manual, "General syntax"), read and never evaluated.

A file is ``name: value`` lines; values are texts, words, numbers and operators in lists, groups and options. Only what
catalogers ask for is taken out of them: texts, and the option that stands behind a text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_DEPTH, TREE_NODES

_TOKEN: Final = re.compile(
    r"""(?:\s++|\#[^\n]*+|\(\*(?:[^*]|\*(?!\)))*+\*\))++
    |(?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}|""(?!")|"(?:[^"\\]|\\.)++")
    |(?P<field>[a-zA-Z_][\w+-]*+:(?!:))
    |(?P<word>[\w+-][\w+:.-]*+)
    |(?P<open>\((?!\*)|[\[{])|(?P<close>[)\]}])
    |(?P<sign>[!<>]=?|[=&|?~:])""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ESCAPED: Final = re.compile(r"\\(?:\n[ \t]*+|(.))", re.DOTALL)
_CLOSES: Final = {"(": ")", "[": "]", "{": "}"}
_WHOLE: Final = '"""'


class Token(Struct, frozen=True):
    """A part of a value.

    Attributes:
        kind: ``text``, ``word``, ``field``, ``open``, ``close`` or ``sign``.
        value: as it is meant.
        option: whether it stands within braces.
    """

    kind: str
    value: str
    option: bool


Fields = dict[str, list[Token]]


def fields_of(text: str, wanted: Iterable[str]) -> Fields:
    """The values of the wanted fields; those within sections are no fields of the file.

    Raises:
        DamagedError: it is no such file.
        LimitError: it is nested deeper, or has more parts, than is read.
    """
    found: Fields = {name: [] for name in wanted}
    dropped: list[Token] = []
    into = dropped
    opened: list[str] = []
    for kind, said in _tokens(text):
        if kind == "field" and not opened:
            name = said[:-1]
            into = found[name] if name in found and not found[name] else dropped
            continue
        if kind == "open":
            opened.append(said)
        into.append(Token(kind, said, "{" in opened))
        if kind == "close" and (not opened or _CLOSES[opened.pop()] != said):
            raise DamagedError(f"has a {said} that closes nothing")
        if len(opened) > TREE_DEPTH:
            raise LimitError(f"is nested deeper than {TREE_DEPTH}")
        if into is dropped:
            dropped.clear()
    if opened:
        raise DamagedError("ends before its brackets do")
    return found


def texts(value: Sequence[Token]) -> Iterator[str]:
    """The texts of a value, without those in options."""
    return (token.value for token in value if token.kind == "text" and not token.option)


def with_options(value: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """Each text of a value with what its option says."""
    name: str | None = None
    option: list[Token] = []
    for token in value:
        if token.option:
            option.append(token)
        elif token.kind == "text":
            if name is not None:
                yield name, option
            name, option = token.value, []
    if name is not None:
        yield name, option


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = count = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise DamagedError(f"holds {text[at : at + 20]!r}, which is no part of such a file")
        at = token.end()
        kind = token.lastgroup
        if kind is None:
            continue
        count += 1
        if count > TREE_NODES:
            raise LimitError(f"has more than {TREE_NODES} parts")
        yield kind, _plain(token.group()) if kind == "text" else token.group()


def _plain(text: str) -> str:
    marks = len(_WHOLE) if text.startswith(_WHOLE) and len(text) > len(_WHOLE) else 1
    return _ESCAPED.sub(lambda found: found[1] or "", text[marks:-marks])
