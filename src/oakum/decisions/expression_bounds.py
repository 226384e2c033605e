"""What an expression in CEL may not say, since a short one could make values without end of it.

The engine bounds how often loops turn, and nothing else: lists that are joined within a loop fill the memory, and
lists of lists of lists, each ten times in the next, are compared for hours. So nothing makes values that grow: ``+``
is left out, ``map`` is, and a list or a map that is written out holds constants alone. What remains are the subject's
own values and parts of them. The words are told apart as the language has them (cel-spec, "Syntax"); what is told
apart wrongly does not compile.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from oakum.kit.errors import ConfigurationError

_TOKEN: Final = re.compile(
    r"""
    (?P<text>
        [bB]?[rR](?: \"{3}.*?\"{3} | '{3}.*?'{3} | "[^"\n\r]*" | '[^'\n\r]*' )
      | [bB]?(?: \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*' )
    )
  | (?P<comment> //[^\n]* )
  | (?P<word> [A-Za-z_][A-Za-z0-9_]* )
  | (?P<number> 0x[0-9a-fA-F]+[uU]? | [0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[uU]? )
  | (?P<other> \S )
    """,
    re.VERBOSE | re.DOTALL,
)
_CONSTANT: Final = frozenset({"true", "false", "null", ",", ":", "-", "[", "]", "{", "}"})
_ENDS_A_VALUE: Final = frozenset(")]}")
_CLOSES: Final = frozenset("]}")


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def refuse_growth(text: str) -> None:
    """Refuse an expression that could make values that grow.

    Raises:
        ConfigurationError: it says what it may not, with line and column.
    """
    open_: list[bool] = []  # for each bracket that is open, whether it writes a value out
    before = _Token("", "", 0)
    for token in _tokens(text):
        if token.text in {"+", '"', "'"} and token.kind == "other":
            what = "+ is left out: compare the parts" if token.text == "+" else "a text has no end"
            raise _refused(text, token, what)
        if (before.text, token.text) == ("map", "("):
            raise _refused(text, before, "map is left out: ask with exists, all or filter")
        if any(open_) and token.kind not in {"text", "number"} and token.text not in _CONSTANT:
            raise _refused(text, token, "a list or map that is written out holds constants alone")
        if token.text in {"[", "{"} and token.kind == "other":
            open_.append(token.text == "{" or not _is_value(before))
        elif token.text in _CLOSES and token.kind == "other" and open_:
            open_.pop()
        before = token


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "comment":
            yield _Token(str(found.lastgroup), found.group(), found.start())


def _is_value(token: _Token) -> bool:
    """Whether a bracket behind it takes a part of a value."""
    if token.kind == "word":
        return token.text != "in"
    return token.kind in {"text", "number"} or token.text in _ENDS_A_VALUE


def _refused(text: str, token: _Token, what: str) -> ConfigurationError:
    line = text.count("\n", 0, token.at) + 1
    column = token.at - text.rfind("\n", 0, token.at)
    return ConfigurationError(f"the expression does not compile: {line}:{column}: {what}")
