"""The ignore file: findings that the owner of an artifact accepts, each with a reason and a last day."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from oakum.apps.toml_file import read_toml
from oakum.kit.errors import ConfigurationError
from oakum.model.waiver import Waiver

_WORDS: Final = frozenset({"id", "reason", "expires", "package", "path"})
_NEVER: Final = "never"


def read_ignore_file(path: str) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        ConfigurationError: it cannot be read, or an entry lacks its reason or its last day; nothing of it holds then.
    """
    values, lines = read_toml(path)
    return tuple(_waivers(values, os.path.basename(path), lines))


def _waivers(document: dict[str, Any], name: str, lines: Sequence[str]) -> Iterator[Waiver]:
    entries = document.get("ignore", [])
    strange = sorted(set(document) - {"ignore"})
    if strange or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigurationError(f"{name}: only [[ignore]] entries stand here, not {', '.join(strange) or 'this'}")
    heads = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith("[[")]
    for number, entry in enumerate(entries):
        place = f"{name}:{heads[number]}" if len(heads) == len(entries) else f"{name}, entry {number + 1}"
        yield _waiver(entry, place)


def _waiver(entry: dict[str, Any], origin: str) -> Waiver:
    strange = sorted(set(entry) - _WORDS)
    if strange:
        raise ConfigurationError(f"{origin}: {strange[0]!r} is none of {', '.join(sorted(_WORDS))}")
    expires = _day(entry.get("expires"), origin)
    texts = {word: entry.get(word, "") for word in _WORDS - {"expires"}}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ConfigurationError(f"{origin}: every value but expires is a text")
    for word in ("id", "reason"):
        if not texts[word].strip():
            raise ConfigurationError(f"{origin}: {word} is missing", hint=_EXAMPLE)
    return Waiver(**texts, expires=expires, origin=origin)


def _day(value: object, origin: str) -> str:
    if value == _NEVER:
        return _NEVER
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if type(value) is not date:
        raise ConfigurationError(f'{origin}: expires is a day like 2027-01-31, or "never"', hint=_EXAMPLE)
    return value.isoformat()


_EXAMPLE: Final = """an entry has these lines:
  [[ignore]]
  id = "CVE-2024-0001"
  reason = "the parser is never given outside input"
  expires = 2027-01-31"""
