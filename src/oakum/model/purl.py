"""Package URLs: one text that names a package in any ecosystem (ECMA-427)."""

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from oakum.kit.errors import UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model.purl_types import NO_RULES, PROHIBITED, REQUIRED, TYPES, spelled, spelled_qualifiers

_PURL_CHARACTERS: Final = 16 * FIELD_CHARACTERS
_TYPE: Final = re.compile(r"[a-z][a-z0-9.-]*")
_KEY: Final = re.compile(r"[a-z][a-z0-9._-]*")
_PLAIN: Final = re.compile(r"[A-Za-z0-9._~:-]+").fullmatch
_ESCAPED: Final = tuple(chr(byte) if _PLAIN(chr(byte)) else f"%{byte:02X}" for byte in range(256))


class PurlError(UnreadableError):
    """A text is no package URL, or parts make none."""


class Purl(Struct, frozen=True):
    """The parts of a package URL, decoded.

    Attributes:
        type: of the package, lower case.
        name: without namespace.
        namespace: its segments joined by ``/``, or empty.
        version: or empty.
        qualifiers: sorted pairs; none has an empty value.
        subpath: within the package, its segments joined by ``/``, or empty.
    """

    type: str
    name: str
    namespace: str = ""
    version: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()
    subpath: str = ""


def parse(text: str) -> Purl:
    """Take a package URL apart, from right to left (purl-spec, "How to parse a PURL").

    What is not canonical but has one meaning is read: slashes before the type and after the name, an upper case
    type, characters that are not encoded, qualifiers without a value.

    Raises:
        PurlError: it is none: no type or name, a slash within a segment, octets that are no UTF-8, a qualifier
            whose key is none or is there twice.
    """
    text = text.strip()
    if len(text) > _PURL_CHARACTERS or _lower(text[:4]) != "pkg:":
        raise PurlError(f"{text[:80]!r} is no package URL")
    rest, subpath = _last(text[4:].lstrip("/"), "#")
    rest, qualifiers = _last(rest, "?")
    kind, _, path = rest.partition("/")
    path, version = _split_version(path.lstrip("/"))
    *namespace, name = path.rstrip("/").split("/")
    if not name or (version and path.endswith("/")) or not _TYPE.fullmatch(_lower(kind)):
        raise PurlError(f"{text[:80]!r} names no type and package")
    parsed = Purl(
        _lower(kind),
        _unquote(name),
        "/".join(_segments(namespace)),
        _unquote(version),
        _pairs(qualifiers),
        "/".join(_segments(subpath.split("/"))),
    )
    return _named(_normal(parsed))


def build(purl: Purl) -> str:
    """The canonical text of a package URL.

    Raises:
        PurlError: the parts make none.
    """
    purl = _named(_normal(purl))
    keys = [key for key, _ in purl.qualifiers]
    if not _TYPE.fullmatch(purl.type) or not all(map(_KEY.fullmatch, keys)) or len(set(keys)) < len(keys):
        raise PurlError(f"{purl.type[:80]!r} and {purl.name[:80]!r} make no package URL")
    path = "/".join([escape(part) for part in [*purl.namespace.split("/"), purl.name] if part])
    text = f"pkg:{purl.type}/{path}"
    if purl.version:
        text += "@" + escape(purl.version)
    if purl.qualifiers:
        text += "?" + "&".join(f"{key}={escape(value)}" for key, value in purl.qualifiers)
    return text + "#" + "/".join(map(escape, purl.subpath.split("/"))) if purl.subpath else text


def check(purl: Purl) -> Purl:
    """The package URL, once it keeps the rules of its type.

    Reading documents does not ask for this: others write URLs that break rules and still name a package.

    Raises:
        PurlError: a part is missing that its type requires, or is there that it prohibits.
    """
    rules = TYPES.get(purl.type, NO_RULES)
    if rules.namespace == REQUIRED and not purl.namespace:
        raise PurlError(f"a package URL of the type {purl.type} needs a namespace")
    if rules.namespace == PROHIBITED and purl.namespace:
        raise PurlError(f"a package URL of the type {purl.type} has no namespace")
    keys = {key for key, _ in purl.qualifiers}
    missing = [key for key in rules.qualifiers if key not in keys]
    if missing:
        raise PurlError(f"a package URL of the type {purl.type} needs the qualifier {missing[0]}")
    for part, allowed, says in rules.allowed:
        value = getattr(purl, part)
        if value and not allowed.fullmatch(value):
            raise PurlError(f"{value[:80]!r} is no {part} of a package URL of the type {purl.type}: {says}")
    return purl


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Percent-encode all but unreserved characters and the colon, which the specification keeps."""
    return text if _PLAIN(text) else "".join([_ESCAPED[byte] for byte in text.encode("utf-8", "replace")])


def _unquote(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415 - a scan writes package URLs and reads none

    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise PurlError(f"{text[:80]!r} is percent-encoded and no UTF-8") from None


def _lower(text: str) -> str:
    """Lower case of ASCII alone: other letters become ASCII by it (the Kelvin sign), which types and keys are not."""
    return text.lower() if text.isascii() else text


def _last(text: str, mark: str) -> tuple[str, str]:
    """What stands before and after the last of a mark."""
    before, found, after = text.rpartition(mark)
    return (before, after) if found else (text, "")


def _split_version(path: str) -> tuple[str, str]:
    """Path and version; the at sign of an npm scope, which some write unescaped, begins no version."""
    start = path.find("/") if path.startswith("@") else 0
    at = path.rfind("@", max(start, 0))
    return (path, "") if at < 0 else (path[:at], path[at + 1 :])


def _segments(parts: list[str]) -> list[str]:
    segments = [_unquote(part) for part in parts if part]
    for segment in segments:
        if "/" in segment:
            raise PurlError(f"{segment[:80]!r} is a segment of a package URL and has a slash")
    return segments


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs: dict[str, str] = {}
    for pair in text.split("&"):
        key, _, value = pair.partition("=")
        if not value:
            continue
        key = _lower(key)
        if not _KEY.fullmatch(key) or key in pairs:
            raise PurlError(f"{pair[:80]!r} is no qualifier of a package URL, or is its second of this key")
        pairs[key] = _unquote(value)
    return tuple(pairs.items())


def _named(purl: Purl) -> Purl:
    """A package URL that has a name, also once its type spelled it.

    Raises:
        PurlError: it has none.
    """
    if not purl.name:
        raise PurlError(f"a package URL of the type {purl.type[:80]!r} without a name is none")
    return purl


def _normal(purl: Purl) -> Purl:
    """As the type wants its parts, qualifiers in order, and no empty or relative segments."""
    kind = _lower(purl.type)
    pairs = sorted((_lower(key), value) for key, value in purl.qualifiers if value)
    qualifiers = spelled_qualifiers(kind, tuple(pairs))
    name = spelled(kind, "name", purl.name.strip("/"), qualifiers)
    namespace = "/".join(part for part in purl.namespace.split("/") if part)
    subpath = "/".join(part for part in purl.subpath.split("/") if part not in ("", ".", ".."))
    return Purl(
        kind,
        name,
        spelled(kind, "namespace", namespace),
        spelled(kind, "version", purl.version),
        qualifiers,
        spelled(kind, "subpath", subpath),
    )
