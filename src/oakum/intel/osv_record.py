"""One OSV record as advisories: only the needed fields are decoded, and each is bounded.

The format is the Open Source Vulnerability schema, 1.7.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from oakum.intel.severity_words import severity
from oakum.kit import limits
from oakum.model.advisory import Advisory, Event, Range
from oakum.model.ecosystems import family, normalised
from oakum.model.filing import ANY_MODULE, filed_ecosystem, is_modular, modules_named, name_in_module
from oakum.model.severity import Severity

_LAST_KNOWN: Final = re.compile(r"\s*(<=?)\s*([^\s,<>=|]+)\s*")
_EVENTS: Final = ("introduced", "fixed", "last_affected", "limit")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_RELATED: Final = frozenset({"AlmaLinux", "Red Hat", "Rocky Linux", "SUSE", "openSUSE"})
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{1,20}(Z|[+-][0-9:]{4,5})?)?")


class _Rated(Struct):
    type: str = ""
    score: str = ""


class _Specific(Struct):
    severity: Any = None
    cvss_v4: Any = None
    cvss_v3: Any = None
    cvss_v2: Any = None
    last_known_affected_version_range: Any = None


class _Package(Struct):
    ecosystem: str = ""
    name: str = ""


class _Range(Struct):
    type: str = ""
    events: list[dict[str, str]] | None = None


class _Affected(Struct):
    package: _Package | None = None
    ranges: list[_Range] | None = None
    versions: list[str] | None = None
    severity: list[_Rated] | None = None
    ecosystem_specific: _Specific | None = None
    database_specific: _Specific | None = None


class _Reference(Struct):
    type: str = ""
    url: str = ""


class _Record(Struct):
    id: str
    modified: str = ""
    published: str = ""
    withdrawn: str | None = None
    aliases: list[str] | None = None
    upstream: list[str] | None = None
    related: list[str] | None = None
    summary: str | None = None
    severity: list[_Rated] | None = None
    affected: list[_Affected] | None = None
    database_specific: _Specific | None = None
    references: list[_Reference] | None = None


_decode: Final = msgspec.json.Decoder(_Record).decode


class Unusable(Exception):  # noqa: N818 - it says what the record is, and is caught where records are counted
    """A record that cannot be used; its source counts it."""


def advisories(document: bytes, source: str) -> Iterator[Advisory]:
    """The advisories of a record: one per affected package, none when it is withdrawn.

    A Go record may have ``custom_ranges`` of versions that its database could not map to
    versions of the module. Its ordinary range then begins at 0 and has no fix. It is kept as
    it stands: to leave the package out would call unknown versions clean.

    Raises:
        Unusable: it is no OSV record, or passes a limit.
    """
    try:
        record = _decode(document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unusable(str(error)) from error
    if not _exact(record.id):
        raise Unusable("it has no id")
    if record.withdrawn:
        return
    for (ecosystem, name), places in _by_package(record).items():
        yield _advisory(record, source, (ecosystem, name), places)


def date(text: str) -> str:
    """A date (ISO 8601) as it stands, or nothing where it is none."""
    return text if _DATE.fullmatch(text) and not text.startswith("0001") else ""


def clean(text: str, length: int = limits.FIELD_CHARACTERS) -> str:
    """A text for people: shortened, and without characters that do not show."""
    text = text[:length]
    return text if text.isascii() and text.isprintable() else _CONTROLS.sub("", text).strip()


def _by_package(record: _Record) -> dict[tuple[str, str], list[_Affected]]:
    affected = record.affected or ()
    if len(affected) > limits.RECORD_PACKAGES:
        raise Unusable("it names too many packages")
    found: dict[tuple[str, str], list[_Affected]] = {}
    commits_alone = False
    for place in affected:
        if place.package is None or not place.package.name or not place.package.ecosystem:
            continue
        if _names_commits_alone(place):
            commits_alone = True
            continue
        ecosystem, name = filed_ecosystem(_exact(place.package.ecosystem)), _exact(place.package.name)
        for filed, part in _in_modules(normalised(ecosystem, name), place, record):
            found.setdefault((ecosystem, filed), []).append(part)
    if commits_alone and not found:
        raise Unusable("its ranges are of commits, which no package manager installs")
    return found


def _names_commits_alone(place: _Affected) -> bool:
    """Whether nothing but ranges of commits says what is affected: no version can be held against those."""
    return bool(place.ranges) and not place.versions and all(one.type == "GIT" for one in place.ranges or ())


def _in_modules(name: str, place: _Affected, record: _Record) -> Iterator[tuple[str, _Affected]]:
    """What a record says of a package, apart for builds outside of modules and in each module (``model.filing``)."""
    ranges = place.ranges or []
    modular = [one for one in ranges if any(is_modular(v) for event in one.events or () for v in event.values())]
    versions = [version for version in place.versions or () if is_modular(version)]
    if not modular and not versions:
        yield name, place
        return
    for module in modules_named((record.summary or "")[: limits.FIELD_CHARACTERS]) or (ANY_MODULE,):
        yield name_in_module(name, module), replace(place, ranges=modular, versions=versions)
    plain = [one for one in ranges if one not in modular]
    others = [version for version in place.versions or () if not is_modular(version)]
    if plain or others:
        yield name, replace(place, ranges=plain, versions=others)


def _advisory(record: _Record, source: str, package: tuple[str, str], places: list[_Affected]) -> Advisory:
    ranges = tuple(dict.fromkeys(_ranges(places)))
    versions = tuple(dict.fromkeys(_exact(version) for place in places for version in place.versions or ()))
    if sum(len(r.events) for r in ranges) + len(versions) > limits.RECORD_EVENTS:
        raise Unusable("it has too many ranges or versions")
    fixed = (event.version for r in ranges for event in r.events if event.kind == "fixed")
    return Advisory(
        id=record.id,
        source=source,
        ecosystem=package[0],
        package=package[1],
        aliases=_aliases(record, package[0]),
        ranges=ranges,
        versions=versions,
        fixed=tuple(dict.fromkeys(fixed)),
        severity=_severity(record, places),
        published=date(record.published),
        modified=date(record.modified),
        summary=clean(record.summary or "", limits.SUMMARY_CHARACTERS),
        url=_url(record),
    )


def _ranges(places: list[_Affected]) -> Iterator[Range]:
    for place in places:
        for one in place.ranges or ():
            if one.type == "GIT":  # commits; no package manager installs those
                continue
            events = tuple(Event(kind, _exact(e[kind])) for e in one.events or () for kind in _EVENTS if kind in e)
            if events and all(event.kind == "introduced" for event in events):
                events += _last_known(place)
            if events:
                yield Range(events)


def _last_known(place: _Affected) -> tuple[Event, ...]:
    """Where a range without end ends after all: GitHub's records say it beside the range (``<= 2.1.3``, ``< 3``)."""
    said = place.database_specific.last_known_affected_version_range if place.database_specific else None
    found = _LAST_KNOWN.fullmatch(said) if isinstance(said, str) and len(place.ranges or ()) == 1 else None
    return (Event("last_affected" if found[1] == "<=" else "limit", _exact(found[2])),) if found else ()


def _aliases(record: _Record, ecosystem: str) -> tuple[str, ...]:
    ids = {*(record.aliases or ()), *(record.upstream or ())}
    if family(ecosystem) in _RELATED:  # their records name the CVEs that they fix only there
        ids.update(other for other in record.related or () if other.startswith("CVE-"))
    ids.discard(record.id)
    return tuple(sorted(clean(other) for other in ids if other)[: limits.RECORD_ALIASES])


def _severity(record: _Record, places: list[_Affected]) -> Severity:
    near = [specific for p in places for specific in (p.ecosystem_specific, p.database_specific) if specific]
    own = [record.database_specific] if record.database_specific else []
    rated = [one for p in places for one in p.severity or ()] or record.severity or []
    words = [specific.severity for specific in (*near, *own)]
    words += [one.score for one in rated if not one.type.startswith("CVSS")]
    numbers = [number for s in own for number in (s.cvss_v4, s.cvss_v3, s.cvss_v2)]
    vectors = [(one.type, one.score) for one in rated if one.type.startswith("CVSS")]
    return severity(words, vectors, numbers, record.summary or "")


def _url(record: _Record) -> str:
    references = [r for r in record.references or () if r.url.startswith("https://")]
    best = next((r for r in references if r.type == "ADVISORY"), references[0] if references else None)
    return clean(best.url) if best else ""


def _exact(text: str) -> str:
    """A text that identifies something: shortened or cleaned it would identify something else."""
    if len(text) > limits.FIELD_CHARACTERS or (not (text.isascii() and text.isprintable()) and _CONTROLS.search(text)):
        raise Unusable("an id, a name or a version is too long or not printable")
    return text
