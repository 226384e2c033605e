"""Expressions in CEL (github.com/google/cel-spec) about a subject, through Google's engine (``cel-expr-python``).

The engine does no I/O. It checks an expression's types when it is compiled, and ends an evaluation whose loops turn
10,000 times or more in all; that bound is its own, and cannot be set. What values may become is bounded besides
(``expression_bounds``). What fails is an answer of its own, with the
reason: an expression that cannot be computed has not said that all is well.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from msgspec import Struct

from oakum.decisions.answers import Failed
from oakum.decisions.expression_bounds import refuse_growth
from oakum.kit.errors import ConfigurationError
from oakum.model.subject import Subject

PARTS: Final = tuple(name for name in Subject.__struct_fields__)
"""The parts of a subject, by the names that expressions have for them."""

TODAY: Final = "today"

_TEXTS: Final = frozenset({"stage", TODAY})
_EMPTY_IS_UNKNOWN: Final = frozenset({"database", "data", "scanned"})

_HINT: Final = "pip install 'oakum[cel]'"

_AT: Final = re.compile(r"<input>:(\d+):(\d+): (.*?)(?: \(in container ''\))?$", re.MULTILINE)
_CODE: Final = re.compile(r"^[A-Z_]+: (?=.)|\s*\[[A-Z_]+\]$")


class _Activations:
    """The last subject as the engine takes it: made once for all expressions that read the same parts of it."""

    def __init__(self) -> None:
        self._kept: tuple[Subject, str, dict[tuple[str, ...], tuple[Any, tuple[str, ...]]]] | None = None

    def of(self, subject: Subject, today: str, parts: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
        """Its parts, with the names of those that were not collected."""
        kept = self._kept
        if kept is None or kept[0] is not subject or kept[1] != today:
            kept = self._kept = (subject, today, {})
        found = kept[2].get(parts)
        if found is None:
            values = {name: today if name == TODAY else _part(subject, name) for name in parts}
            missing = tuple(name for name in parts if values[name] is None)
            found = kept[2][parts] = (_environment().Activation(values), missing)
        return found


_ACTIVATIONS: Final = _Activations()


class Expression:
    """One expression that says yes or no of a subject.

    Args:
        text: the expression.

    Raises:
        ConfigurationError: the engine is not installed, or the expression is none of these.
    """

    def __init__(self, text: str) -> None:
        """Compile it."""
        environment = _environment()
        refuse_growth(text)
        try:
            self._compiled = environment.compile(text)
        except RuntimeError as error:
            raise ConfigurationError(f"the expression does not compile: {_place_and_words(str(error))}") from None
        gives = self._compiled.return_type().name()
        if gives != "BOOL":
            hint = "compare it: expression == true" if gives == "DYN" else ""
            raise ConfigurationError(f"the expression gives {gives.lower()}, not bool", hint)
        words = set(re.findall(r"\w+", text))
        self._parts = tuple(name for name in (*PARTS, TODAY) if name in words)

    def answer(self, subject: Subject, today: str) -> bool | Failed:
        """What it says of a subject, or why it says nothing."""
        missing: tuple[str, ...] = ()
        try:
            activation, missing = _ACTIVATIONS.of(subject, today, self._parts)
            value = self._compiled.eval(activation)
            said, gave = value.value(), value.type().name()
        except (RuntimeError, ValueError, OverflowError) as error:  # its budget, or a value that is none of its own
            said, gave = str(error), "ERROR"
        if gave == "BOOL":
            return bool(said)
        words = _CODE.sub("", str(said)) if gave == "ERROR" else f"the expression gives {gave.lower()}, not bool"
        return Failed(f"{words} (not collected: {', '.join(missing)})" if missing else words)


@cache
def _environment() -> Any:  # noqa: ANN401 - the engine need not be installed
    """The engine, which knows the parts of a subject and what may be null."""
    try:
        from cel_expr_python import cel  # noqa: PLC0415 - an extra, and only policies that name it pay for it
    except ImportError:
        raise ConfigurationError("the engine of CEL is not installed", _HINT) from None
    types = {name: cel.Type.STRING if name in _TEXTS else cel.Type.DYN for name in (*PARTS, TODAY)}
    return cel.NewEnv(variables=types)


def _part(subject: Subject, name: str) -> object:
    value = getattr(subject, name)
    return None if name in _EMPTY_IS_UNKNOWN and not value else _plain(value)


def _plain(value: object) -> object:
    """Structs as maps of their fields, tuples as lists."""
    if isinstance(value, Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _place_and_words(said: str) -> str:
    """The engine's first complaint: ``1:5: undeclared reference to 'x'``."""
    found = _AT.search(said)
    return f"{found[1]}:{found[2]}: {found[3]}" if found else _CODE.sub("", said.partition("\n")[0])
