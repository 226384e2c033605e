"""Package URLs: one text that names a package in any ecosystem (ECMA-427)."""

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from oakum.kit.errors import UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model.fact import Distribution, Package
from oakum.model.purl_types import NO_RULES, PROHIBITED, REQUIRED, TYPES

_PURL_CHARACTERS: Final = 16 * FIELD_CHARACTERS
_TYPE: Final = re.compile(r"[a-z][a-z0-9.-]*")
_KEY: Final = re.compile(r"[a-z][a-z0-9._-]*")
_PLAIN: Final = re.compile(r"[A-Za-z0-9._~:-]+").fullmatch
_ESCAPED: Final = tuple(chr(byte) if _PLAIN(chr(byte)) else f"%{byte:02X}" for byte in range(256))
_SYSTEM: Final = frozenset(("alpm", "apk", "deb", "rpm"))
_SAME_MARKS: Final = {"pypi": ("_", "-"), "pub": ("-", "_")}
"""Marks that a type takes for one another, and the one that is written."""
_VENDORS: Final = {"rhel": "redhat", "sles": "suse", "opensuse-leap": "opensuse", "opensuse-tumbleweed": "opensuse"}
"""Distributions that package URLs call by their vendor's name (purl-spec, ``types/rpm``)."""


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


def package_purl(package: Package, distribution: Distribution | None) -> str:
    """The package URL of an installed package; it parses, however hostile the names are."""
    if package.purl:
        return package.purl
    kind = package.type
    namespace, name = _names(kind, package.name)
    if kind in _SYSTEM:
        namespace = _escape(_vendor(distribution)) if distribution else ""
    version = _escape(_without_epoch(package).strip()) if package.version else ""
    text = f"pkg:{kind}/{namespace}/{name}" if namespace else f"pkg:{kind}/{name}"
    if version:
        text = f"{text}@{version}"
    return text + _system_qualifiers(package, distribution) if kind in _SYSTEM else text


def parse(text: str) -> Purl:
    """Take a package URL apart.

    Raises:
        PurlError: it is none.
    """
    if len(text) > _PURL_CHARACTERS or text[:4].lower() != "pkg:":
        raise PurlError(f"{text[:80]!r} is no package URL")
    rest, _, subpath = text[4:].strip().lstrip("/").partition("#")
    rest, _, qualifiers = rest.partition("?")
    kind, _, path = rest.partition("/")
    path, version = _split_version(path)
    segments = _segments(path)
    nameless = not segments or (version and path.endswith("/"))
    if nameless or not _TYPE.fullmatch(kind.lower()):
        raise PurlError(f"{text[:80]!r} names no type and package")
    inner = "/".join(part for part in _segments(subpath) if part not in (".", ".."))
    parsed = Purl(
        kind.lower(), segments[-1], "/".join(segments[:-1]), _unquote(version).strip(), _pairs(qualifiers), inner
    )
    return _normal(parsed)


def build(purl: Purl) -> str:
    """The canonical text of a package URL.

    Raises:
        PurlError: the parts make none.
    """
    purl = _normal(purl)
    keys = [key for key, _ in purl.qualifiers]
    if not _TYPE.fullmatch(purl.type) or not purl.name or not all(map(_KEY.fullmatch, keys)):
        raise PurlError(f"{purl.type[:80]!r} and {purl.name[:80]!r} make no package URL")
    path = "/".join([_escape(part) for part in [*purl.namespace.split("/"), purl.name] if part])
    text = f"pkg:{purl.type}/{path}"
    if purl.version:
        text += "@" + _escape(purl.version)
    if purl.qualifiers:
        text += "?" + "&".join(f"{key}={_escape(value)}" for key, value in purl.qualifiers)
    return text + "#" + "/".join(map(_escape, purl.subpath.split("/"))) if purl.subpath else text


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
    if purl.type == "cpan" and "::" in purl.name:
        raise PurlError("a package URL of the type cpan names a distribution, and this is a module")
    return purl


@lru_cache(maxsize=4096)
def _escape(text: str) -> str:
    """Percent-encode all but unreserved characters and the colon, which the specification keeps."""
    return text if _PLAIN(text) else "".join([_ESCAPED[byte] for byte in text.encode("utf-8", "replace")])


def _names(kind: str, name: str) -> tuple[str, str]:
    """Namespace and name of a package as its type has them, escaped; a name that says nothing is ``unknown``."""
    if "name" in TYPES.get(kind, NO_RULES).lower:
        name = name.lower()
    if kind in _SAME_MARKS:
        return "", _escape(name.strip().replace(*_SAME_MARKS[kind]).strip("/")) or "unknown"
    if kind in _SYSTEM:
        return "", _escape(name.strip().strip("/")) or "unknown"
    if kind == "maven":
        group, _, artifact = name.rpartition(":")
        name = f"{group.replace('/', '.')}/{artifact}" if group else artifact
    segments = [part for part in map(str.strip, name.split("/")) if part]
    if not segments:
        return "", "unknown"
    return "/".join(map(_escape, segments[:-1])), _escape(segments[-1])


def _vendor(distribution: Distribution) -> str:
    name = distribution.id.strip().lower()
    return _VENDORS.get(name, name)


def _without_epoch(package: Package) -> str:
    """The version; an rpm's epoch is a qualifier of its own (purl-spec, ``types/rpm``)."""
    epoch, colon, version = package.version.partition(":")
    return version if package.type == "rpm" and colon and epoch.isdecimal() else package.version


def _system_qualifiers(package: Package, distribution: Distribution | None) -> str:
    """Architecture, distribution, module and source package of a distribution's package, sorted."""
    pairs = []
    if package.arch.strip():
        pairs.append("arch=" + _escape(package.arch.strip()))
    if distribution is not None and distribution.id.strip():
        release = (
            f"{distribution.id.strip().lower()}-{distribution.version}"
            if distribution.version
            else distribution.id.strip().lower()
        )
        pairs.append("distro=" + _escape(release))
    if _without_epoch(package) is not package.version:
        pairs.append("epoch=" + _escape(package.version.partition(":")[0]))
    if package.module and package.type == "rpm":
        pairs.append("rpmmod=" + _escape(package.module))
    source = package.source
    if source is not None and source.name.strip():
        if source.version and source.version != package.version:
            pairs.append("upstream=" + _escape(f"{source.name.strip()}@{source.version.strip()}"))
        elif source.name != package.name:
            pairs.append("upstream=" + _escape(source.name.strip()))
    return "?" + "&".join(pairs) if pairs else ""


def _unquote(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415 - a scan writes package URLs and reads none

    return unquote(text)


def _split_version(path: str) -> tuple[str, str]:
    """Path and version; the at sign of an npm scope, which some write unescaped, begins no version."""
    start = path.find("/") if path.startswith("@") else 0
    at = path.rfind("@", max(start, 0))
    return (path, "") if at < 0 else (path[:at], path[at + 1 :])


def _segments(path: str) -> list[str]:
    return [part for part in map(str.strip, map(_unquote, path.split("/"))) if part]


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = {}
    for pair in text.split("&") if text else ():
        key, equals, value = pair.partition("=")
        key = key.strip().lower()
        if not equals or not _KEY.fullmatch(key):
            raise PurlError(f"{pair[:80]!r} is no qualifier of a package URL")
        pairs[key] = _unquote(value)
    return tuple(sorted((key, value) for key, value in pairs.items() if value.strip()))


def _normal(purl: Purl) -> Purl:
    """As the type wants its parts, qualifiers in order, and no empty or relative segments."""
    kind = purl.type.lower()
    lower = TYPES.get(kind, NO_RULES).lower
    namespace = "/".join(part for part in purl.namespace.split("/") if part)
    if "namespace" in lower:
        namespace = namespace.lower()
    elif kind == "cpan":
        namespace = namespace.upper()
    qualifiers = tuple(sorted((key.lower(), value) for key, value in purl.qualifiers if value.strip()))
    name = purl.name.lower() if "name" in lower or _is_databricks(kind, qualifiers) else purl.name
    if kind in _SAME_MARKS:
        name = name.replace(*_SAME_MARKS[kind])
    version = purl.version.lower() if "version" in lower else purl.version
    subpath = "/".join(part for part in purl.subpath.split("/") if part not in ("", ".", ".."))
    return Purl(kind, name, namespace, version, qualifiers, subpath)


def _is_databricks(kind: str, qualifiers: tuple[tuple[str, str], ...]) -> bool:
    """Model names are without case on Databricks alone, which the address of the server tells."""
    return kind == "mlflow" and any(key == "repository_url" and "databricks" in value for key, value in qualifiers)
