"""SPDX licence expressions out of what packages declare (SPDX specification 2.3, annex D)."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model.license_names import ADDRESSES, DEBIAN, NAMES

_PIECES: Final = re.compile(r"[()]|[^()\s]+").findall
_WORDS: Final = re.compile(r"[a-z0-9.+]+").findall
_EMPTY_WORDS: Final = frozenset(("the", "license", "licence", "version", "v", "v."))
_ADDRESS: Final = re.compile(r"https?://(?:www\.)?([^?#\s]+)")
_ENDING: Final = re.compile(r"(?:\.(?:txt|html|php|json|md))?/?\Z")
_ID_IN_ADDRESS: Final = re.compile(r"(?:spdx\.org|opensource\.org)/licenses?/([a-z0-9.-]+)")
_CREATIVE_COMMONS: Final = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)(?:/(?:legalcode|deed\.en))?")
_GNU: Final = re.compile(r"((?:A|L)?GPL|GFDL)-([0-9.]+)(\+?)")
_DEBIAN_GNU: Final = re.compile(r"(agpl|lgpl|gpl|gfdl)-([1-3](?:\.[0-9])?)(\+?)")
_MARKS: Final = {"and": "AND", "or": "OR", "with": "WITH", "(": "(", ")": ")"}
_CLASSIFIER: Final = "license :: "


def expression(statements: Sequence[str], purl_type: str) -> str | None:
    """One expression for all that a package declares, or None where they leave a doubt.

    Composer's licences are a choice (composer.json, ``license``), those of a Debian copyright file
    hold together; what several mean elsewhere is said nowhere, so they are not joined.
    """
    found = [spdx(statement, purl_type) for statement in dict.fromkeys(statements)]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    if len(known) == 1:
        return known[0]
    operator = {"composer": " OR ", "deb": " AND "}.get(purl_type)
    return operator.join(f"({one})" if " " in one else one for one in known) if operator else None


@lru_cache(maxsize=4096)
def spdx(statement: str, purl_type: str) -> str | None:
    """The valid SPDX expression that a declared licence is, or None where that is not certain.

    Operators count in any case, ids are spelled as the list has them, deprecated ids of the GNU
    licences become those that replaced them, and well-known names and addresses become ids.

    Args:
        statement: as declared: an expression, a name, a classifier of PyPI, an address.
        purl_type: whose words these are: Debian's short names and Cargo's ``/`` mean something there alone.
    """
    text = statement.strip().strip("\"'").strip()
    if not text or len(text) > FIELD_CHARACTERS:
        return None
    if text.lower().startswith(_CLASSIFIER):
        return _named(text.rpartition("::")[2])
    whole = _operand(text, purl_type)
    if whole:
        return whole
    if purl_type == "cargo":  # the deprecated form of a choice (Cargo book, "The license fields")
        text = text.replace("/", " OR ")
    return _parsed(list(_parts(text)), purl_type)


def _parts(text: str) -> Iterator[str]:
    """Parentheses, operators in upper case, and all that stands between them as one operand."""
    words: list[str] = []
    for piece in _PIECES(text):
        mark = _MARKS.get(piece.lower(), "")
        if not mark:
            words.append(piece)
            continue
        if words:
            yield " ".join(words)
            words = []
        yield mark
    if words:
        yield " ".join(words)


def _parsed(parts: list[str], purl_type: str) -> str | None:
    """The parts with their ids, if they alternate as the grammar wants; no recursion, for hostile depths."""
    text: list[str] = []
    depth, wants_operand, excepted = 0, True, False
    for part in parts:
        if wants_operand and part == "(" and not excepted:
            depth += 1
            text.append("(")
        elif wants_operand and part not in _MARKS.values():
            known = _exception(part) if excepted else _operand(part, purl_type)
            if known is None:
                return None
            text.append(f"({known})" if " OR " in known else known)
            wants_operand, excepted = False, excepted or "WITH" in known
        elif not wants_operand and part == ")" and depth:
            depth -= 1
            text.append(")")
            excepted = True  # nothing in parentheses takes an exception
        elif not wants_operand and (part in {"AND", "OR"} or (part == "WITH" and not excepted)):
            text.append(f" {part} ")
            wants_operand, excepted = True, part == "WITH"
        else:
            return None
    return None if depth or wants_operand else "".join(text)


def _operand(text: str, purl_type: str) -> str | None:
    """One licence: an id, Debian's short name, a well-known name, or an address."""
    debian = _debian(text) if purl_type == "deb" else None
    return debian or _id(text) or _named(text) or _addressed(text)


def _id(text: str) -> str | None:
    canonical = _canonical(text)
    found = _GNU.fullmatch(canonical) if canonical else None
    if canonical is None or found is None:
        return canonical
    return f"{found[1]}-{found[2]}-{'or-later' if found[3] else 'only'}"


def _canonical(text: str) -> str | None:
    if not text.isascii() or any(mark.isspace() or mark in "()" for mark in text):
        return None
    from packaging.licenses import (  # noqa: PLC0415 - licences are asked for when SBOMs are written
        InvalidLicenseExpression,
        canonicalize_license_expression,
    )

    try:
        return str(canonicalize_license_expression(text))
    except (InvalidLicenseExpression, ValueError, SyntaxError):
        return None


def _exception(text: str) -> str | None:
    if " " in text:
        return None
    from packaging.licenses import (  # noqa: PLC0415 - as above
        InvalidLicenseExpression,
        canonicalize_license_expression,
    )

    try:
        return str(canonicalize_license_expression(f"MIT WITH {text}")).removeprefix("MIT WITH ")
    except (InvalidLicenseExpression, ValueError, SyntaxError):
        return None


def _named(text: str) -> str | None:
    words = [word for word in _WORDS(text.lower()) if word not in _EMPTY_WORDS]
    plain = " ".join(word[1:] if word[0] == "v" and word[1:2].isdigit() else word for word in words)
    return NAMES.get(plain) or (_id(words[0]) if len(words) == 1 and "(" not in text and ")" not in text else None)


def _debian(text: str) -> str | None:
    short = text.lower()
    found = _DEBIAN_GNU.fullmatch(short)
    if found is None:
        return DEBIAN.get(short)
    number = found[2] if "." in found[2] else f"{found[2]}.0"
    if found[1] == "gfdl":
        number = found[2]
    return _canonical(f"{found[1]}-{number}-{'or-later' if found[3] else 'only'}")


def _addressed(text: str) -> str | None:
    found = _ADDRESS.fullmatch(text.lower())
    if found is None:
        return None
    place = _ENDING.sub("", found[1])
    known = ADDRESSES.get(place)
    if known:
        return known
    named = _ID_IN_ADDRESS.fullmatch(place)
    if named:
        return _id(named[1])
    commons = _CREATIVE_COMMONS.fullmatch(place)
    return _canonical(f"cc-{commons[1]}-{commons[2]}") if commons else None
