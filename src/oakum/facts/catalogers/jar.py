"""Cataloger of Java archives."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from oakum.facts.bounds import bounded, statement
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.files import Files
from oakum.kit import limits
from oakum.kit.archive.zip import Entry, read_entry, wanted_entries
from oakum.kit.errors import LimitError, UnreadableError
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_ARCHIVES = (".jar", ".war", ".ear")
_MANIFEST = "META-INF/MANIFEST.MF"
_POM = "/pom.properties"
_WANTED = tuple(name.encode() for name in (*_ARCHIVES, _MANIFEST, _POM))

_VERSIONED = re.compile(r"^(?P<name>.+?)-(?P<version>v?\d[\w.+~-]*)$")
_ODD = re.compile(r"[^a-z0-9]+")
_GROUP = re.compile(r"^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)+$")
_UMBRELLAS = frozenset({"org.apache", "com.sun"})
"""Vendors that write their own name there, which is nobody's group."""

_VERSION_KEYS = ("implementation-version", "bundle-version", "specification-version", "plugin-version")
_NAME_KEYS = ("implementation-title", "automatic-module-name", "bundle-name", "extension-name", "short-name")


class _Budget(Struct):
    """What may still be unpacked from archives inside one file."""

    left: int = limits.HELD_BYTES


class _Names(Struct):
    """What is known of the one package that an archive is."""

    group: str
    artifact: str
    version: str


@cataloger(
    version=1,
    jar=Group(glob="**/*.jar", large=True),
    war=Group(glob="**/*.war", large=True),
    ear=Group(glob="**/*.ear", large=True),
)
def jar(files: Files) -> Iterator[Fact]:
    """Java archives, also those inside others.

    Maven leaves a ``pom.properties`` for each module; an archive that holds several has
    taken others in, and each is a package. The archive itself is the one that its file
    name says; without it the manifest and the file name have to do, and the group
    is known only where the manifest gives it.
    """
    for file in files.every():
        yield from _archive(file.open(), file.path, 1, _Budget())


def _archive(stream: BinaryIO, path: str, depth: int, budget: _Budget) -> Iterator[Fact]:
    entries = wanted_entries(stream, _WANTED)
    manifest = _manifest(stream, [entry for entry in entries if entry.name == _MANIFEST])
    poms: list[_Names] = []
    nested: list[Fact] = []
    for entry in entries:
        if budget.left <= 0:
            nested.append(Gap(gaps.LIMIT, f"the archive unpacks to more than {limits.HELD_BYTES} bytes", path))
            break
        if entry.name.startswith("META-INF/maven/") and entry.name.endswith(_POM):
            nested += _pom(stream, entry, path, poms, budget)
        elif entry.name.endswith(_ARCHIVES):
            nested += _nested(stream, entry, f"{path}!/{entry.name}", depth, budget)
    yield from _packages(path, manifest, poms)
    yield from nested


def _nested(stream: BinaryIO, entry: Entry, path: str, depth: int, budget: _Budget) -> Iterator[Fact]:
    """The packages of an archive inside another; one that cannot be read costs no other its place."""
    if depth >= limits.NESTING:
        yield Gap(gaps.LIMIT, f"archives are nested deeper than {limits.NESTING}", path)
        return
    try:
        data = read_entry(stream, entry, min(limits.NESTED_ARCHIVE_BYTES, budget.left))
        budget.left -= len(data)
        yield from _archive(io.BytesIO(data), path, depth + 1, budget)
    except LimitError as error:
        yield Gap(gaps.LIMIT, str(error), path)
    except UnreadableError as error:
        yield Gap(gaps.UNREADABLE_FILE, str(error), path)


def _packages(path: str, manifest: dict[str, str], poms: list[_Names]) -> Iterator[Fact]:
    """The archive's own package first, then those that it has taken in."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    main = _own_pom(stem, poms)
    names = main or _from_manifest(stem, manifest)
    licenses = statement(manifest.get("bundle-license", "").partition(";")[0])
    if names.artifact:
        yield _package(names, path, licenses)
    seen = {(names.group, names.artifact, names.version)}
    for pom in poms:
        key = (pom.group, pom.artifact, pom.version)
        if pom is not main and key not in seen:
            seen.add(key)
            yield _package(pom, path, ())


def _package(names: _Names, path: str, licenses: tuple[str, ...]) -> Package | Gap:
    name = f"{names.group}:{names.artifact}" if names.group else names.artifact
    return bounded(Package("maven", name, names.version, path, licenses=licenses))


def _own_pom(stem: str, poms: list[_Names]) -> _Names | None:
    """The pom of the archive itself: the longest artifact that its file name begins with, whatever joins its words."""
    flat = _flat(stem)
    fitting = [pom for pom in poms if f"{flat}-".startswith(f"{_flat(pom.artifact)}-")]
    return max(fitting, key=lambda pom: (len(pom.artifact), pom.version in stem), default=None)


def _flat(name: str) -> str:
    return _ODD.sub("-", name.lower())


def _from_manifest(stem: str, manifest: dict[str, str]) -> _Names:
    name, version = _split(stem, manifest)
    artifact = name or _first(manifest, _NAME_KEYS)
    return _Names(_group(artifact, manifest), artifact, version or _first(manifest, _VERSION_KEYS))


def _group(artifact: str, manifest: dict[str, str]) -> str:
    """The group where the build tool wrote it: sbt and Maven as the vendor's id, bundle tools before the artifact."""
    vendor = manifest.get("implementation-vendor-id", "")
    bundle = manifest.get("bundle-symbolicname", "").partition(";")[0].strip()
    before = bundle.removesuffix(f".{artifact}") if bundle.endswith(f".{artifact}") else ""
    found = (group for group in (vendor, before) if _GROUP.match(group) and group not in _UMBRELLAS)
    return next(found, "")


def _split(stem: str, manifest: dict[str, str]) -> tuple[str, str]:
    """Name and version in a file name; the manifest tells where a name with numbers (``log4j-1.2-api``) ends."""
    for key in _VERSION_KEYS:
        version = manifest.get(key, "")
        if version and stem.endswith(f"-{version}"):
            return stem[: -len(version) - 1], version
    found = _VERSIONED.match(stem)
    return (found["name"], found["version"]) if found else (stem, "")


def _first(manifest: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((manifest[key] for key in keys if manifest.get(key)), "")


def _pom(stream: BinaryIO, entry: Entry, path: str, poms: list[_Names], budget: _Budget) -> Iterator[Fact]:
    """Adds what a pom.properties says (of java.util.Properties, Maven writes plain ``key=value`` lines alone)."""
    try:
        data = read_entry(stream, entry, 64 * limits.KIB)
    except UnreadableError as error:
        yield Gap(gaps.UNREADABLE_FILE, str(error), f"{path}!/{entry.name}")
        return
    budget.left -= len(data)
    values = {}
    for line in data.decode("utf-8", "replace").splitlines():
        key, equals, value = line.partition("=")
        if equals and not key.startswith(("#", "!")):
            values[key.strip()] = value.strip()
    if values.get("artifactId"):
        poms.append(_Names(values.get("groupId", ""), values["artifactId"], values.get("version", "")))


def _manifest(stream: BinaryIO, entries: list[Entry]) -> dict[str, str]:
    """The main section, keys in lower case; a line that begins with a space goes on (JAR specification)."""
    values: dict[str, str] = {}
    for entry in entries[:1]:
        try:
            data = read_entry(stream, entry, 64 * limits.KIB, whole=False)
        except UnreadableError:
            return values  # the file name still says what this is
        head = data.replace(b"\r\n", b"\n").replace(b"\n ", b"").partition(b"\n\n")[0]
        for line in head.decode("utf-8", "replace").split("\n"):
            key, _, value = line.partition(":")
            values.setdefault(key.lower(), value.strip())
    return values
