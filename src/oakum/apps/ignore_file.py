"""The ignore file: findings that the owner of an artifact accepts, each with a reason and a last day."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final

from msgspec.structs import replace

from oakum.apps import wiring
from oakum.apps.toml_file import read_toml
from oakum.kit.errors import ConfigurationError
from oakum.model.waiver import NEVER, Waiver

_TEXTS: Final = frozenset({"id", "reason", "package", "path", "policy", "ticket"})
_WORDS: Final = _TEXTS | {"expires", "images"}


def read_ignore_file(path: str) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        ConfigurationError: it cannot be read, or an entry lacks its reason or its last day; nothing of it holds then.
    """
    values, lines = read_toml(path)
    signer = wiring.signer_of(path) if values.get("ignore") else ""
    return tuple(replace(one, approved_by=signer) for one in _waivers(values, os.path.basename(path), lines))


def refuse_dangling(waivers: Iterable[Waiver], policies: Iterable[str]) -> None:
    """Refuse a waiver for a policy that is not there: it would accept nothing, and nobody would know.

    Raises:
        ConfigurationError: with the place and the nearest name.
    """
    names = list(policies)
    for waiver in waivers:
        if waiver.policy and waiver.policy not in names:
            near = get_close_matches(waiver.policy, names, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(names))}"
            raise ConfigurationError(f"{waiver.origin}:1: no policy is named {waiver.policy!r}", hint)


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
    expires = _end(entry.get("expires"), origin)
    texts = {word: entry.get(word, "") for word in _TEXTS}
    images = entry.get("images", [])
    if not all(isinstance(text, str) for text in texts.values()):
        raise ConfigurationError(f"{origin}: every value but expires and images is a text")
    if not isinstance(images, list) or not all(isinstance(one, str) and one for one in images):
        raise ConfigurationError(f"{origin}: images is a list of names, with stars")
    for word in ("reason",) if texts["policy"].strip() else ("id", "reason"):
        if not texts[word].strip():
            raise ConfigurationError(f"{origin}: {word} is missing", hint=_EXAMPLE)
    return Waiver(**texts, expires=expires, origin=origin, images=tuple(images))


def _end(value: object, origin: str) -> str:
    """A last day, or a moment with its zone."""
    if value == NEVER:
        return NEVER
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    if type(value) is not date:
        raise ConfigurationError(f"{origin}: {_ENDS}", hint=_EXAMPLE)
    return value.isoformat()


_ENDS: Final = 'expires is a day like 2027-01-31, a moment with its zone like 2027-01-31T12:00:00Z, or "never"'

_EXAMPLE: Final = """an entry has these lines:
  [[ignore]]
  id = "CVE-2024-0001"
  reason = "the parser is never given outside input"
  expires = 2027-01-31"""
