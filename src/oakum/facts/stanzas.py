"""Stanzas of fields, as dpkg and opkg keep them (deb822(5)), and the relations between packages in them."""

import re
from collections.abc import Iterator

from oakum.kit.limits import RELATION_CHARACTERS

_RELATIONS = re.compile(r"(?:^|[,|])\s*([^\s,|(:\[<]+)")


def stanzas(text: str) -> Iterator[str]:
    """The stanzas of a file, each beginning with a line break, so that every field stands after one."""
    for stanza in text.split("\n\n"):
        if stanza and not stanza.isspace():
            yield "\n" + stanza


def field(stanza: str, name: str) -> str:
    """What a field says, without the lines that continue it."""
    start = stanza.find(f"\n{name}:")
    if start < 0:
        return ""
    start += len(name) + 2
    end = stanza.find("\n", start)
    return stanza[start : end if end >= 0 else None].strip()


def relations(text: str) -> list[str]:
    """The names in a field of relations (deb822: ``a (>= 1) | b, c:any``), alternatives one after the other."""
    return _RELATIONS.findall(text) if len(text) <= RELATION_CHARACTERS else []
