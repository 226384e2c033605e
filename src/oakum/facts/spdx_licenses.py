"""Licence expressions of SPDX documents as the statements of a package."""

import re
from collections.abc import Mapping
from typing import Final

_NOTHING: Final = frozenset({"", "NOASSERTION", "NONE"})
_REFERENCE: Final = re.compile(r"LicenseRef-[A-Za-z0-9.+-]+")


def statements(expression: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The statements of an expression: what ``AND`` alone joins is several; references are what they stand for."""
    if expression in _NOTHING:
        return ()
    if "(" in expression or " OR " in expression:
        return (_REFERENCE.sub(lambda found: _meaning(found.group(), texts), expression),)
    return tuple(dict.fromkeys(_meaning(part.strip(), texts) for part in expression.split(" AND ")))


def _meaning(name: str, texts: Mapping[str, str]) -> str:
    """The name of a licence that the document holds, where that is one line."""
    meaning = texts.get(name, "")
    return meaning if meaning and "\n" not in meaning else name
