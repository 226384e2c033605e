"""The facts of a document: its packages with their edges and owners, its distribution, what it leaves open."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from oakum.facts.purl_package import SYSTEM, package_of
from oakum.facts.stated import StatedDocument, StatedPackage, within
from oakum.kit.limits import FIELD_CHARACTERS, SBOM_PATHS
from oakum.model import gaps
from oakum.model import sbom_words as words
from oakum.model.fact import Distribution, Fact, Gap, Owns, Package
from oakum.model.purl import PurlError, build, parse

_GAP_CHARACTERS = 2_000
_SYSTEM = tuple(f"pkg:{kind}/" for kind in sorted(SYSTEM))
"""Beginnings of purls that may name a distribution; the others, of which there are many, need no parsing for that."""


def facts_of(stated: StatedDocument) -> Iterator[Fact]:
    """Everything that a document says, as facts of the file that it is."""
    path = stated.document.path
    yield stated.document
    distribution = stated.distribution or _by_purls(stated)
    if distribution is not None:
        yield distribution
    yield from stated.gaps
    found = [(one, package_of(one, path)) for one in stated.packages]
    yield from (gap for _, gap in found if isinstance(gap, Gap))
    yield from _packages(stated, [(one, package) for one, package in found if isinstance(package, Package)])


def _packages(stated: StatedDocument, found: list[tuple[StatedPackage, Package]]) -> Iterator[Fact]:
    """Each package at each of its places, with what it needs; then who owns which place."""
    read = {one.key: package for one, package in found}
    owners = _owners(stated, read)
    owned: dict[str, list[str]] = {}
    for one, package in found:
        places = _places(one, stated.document.path, alone=one.key in owners)
        depends = one.depends or _depends(
            package, [key for key in stated.needs.get(one.key, ()) if key != one.key], read
        )
        yield from (replace(package, path=place, depends=depends) for place in places)
        if one.key in owners:
            owned.setdefault(owners[one.key], []).extend(place for place in places if "\n" not in place)
    for key, places in owned.items():
        yield Owns(read[key].type, read[key].name, stated.document.path, "\n".join(places))


def gap_of(value: str, document: str) -> Gap | None:
    """A gap as we write it into documents; None when it is none of ours."""
    try:
        given = json.loads(value)
        kind, what, path = given["kind"], given["what"], given["path"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if not all(isinstance(one, str) for one in (kind, what, path)) or kind not in gaps.KINDS:
        return None
    return Gap(kind, what[:_GAP_CHARACTERS], within(document, path))


def _places(one: StatedPackage, document: str, *, alone: bool) -> list[str]:
    """Where the package is; one that lies in another's files has a place of its own, so that no other shares it."""
    stated = one.paths[:SBOM_PATHS] or tuple(one.values.get(words.PATH, ()))[:SBOM_PATHS]
    places = list(dict.fromkeys(within(document, place) for place in stated)) or [document]
    return [within(document, f"({one.key})")] if alone and places == [document] else places


def _depends(package: Package, needed: list[str], read: Mapping[str, Package]) -> tuple[str, ...]:
    """What a package needs of its own kind, each by name and version."""
    there = [read[key] for key in dict.fromkeys(needed) if key in read]
    return tuple(f"{one.name} {one.version}".rstrip() for one in there if one.type == package.type)


def _owners(stated: StatedDocument, read: Mapping[str, Package]) -> dict[str, str]:
    """Which package's files another lies in: key -> key."""
    system = {package.purl: key for key, package in read.items() if package.type in SYSTEM and package.purl}
    found = {key: owner for key, owner in stated.owners.items() if key in read and owner in read}
    for one in stated.packages:
        owner = system.get(_canonical(one.value(words.OWNER)))
        if owner is not None and one.key in read:
            found[one.key] = owner
    return found


def _canonical(text: str) -> str:
    try:
        return build(parse(text)) if text else ""
    except PurlError:
        return ""


def _by_purls(stated: StatedDocument) -> Distribution | None:
    """The distribution that most package URLs name, where the document has no component for it."""
    count: Counter[tuple[str, str]] = Counter()
    for one in stated.packages:
        named = _named(one.purl)
        if named:
            count[named] += 1
    if not count:
        return None
    (identity, version), _ = max(count.items(), key=lambda entry: (entry[1], entry[0]))
    return Distribution(identity, version, f"{identity} {version}".strip(), stated.document.path)


def _named(text: str) -> tuple[str, str] | None:
    """Id and version by the qualifiers of a purl: ``distro=debian-12``, or Docker's ``os_name`` and ``os_version``."""
    if not text[:16].lower().startswith(_SYSTEM) or len(text) > 2 * FIELD_CHARACTERS:
        return None
    try:
        given = dict(parse(text).qualifiers)
    except PurlError:
        return None
    if given.get("os_name"):
        return given["os_name"].lower(), given.get("os_version", "")
    distro = given.get("distro_name") or given.get("distro", "")
    identity, _, version = distro.rpartition("-")
    if identity and version[:1].isdigit():
        return identity.lower(), version
    return (distro.lower(), "") if distro else None
