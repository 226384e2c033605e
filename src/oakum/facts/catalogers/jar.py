"""Cataloger of Java archives."""

import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from msgspec import Struct, field

from oakum.facts.bounds import bounded, statement
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.files import Files
from oakum.facts.java_names import Names, names_of
from oakum.kit import limits
from oakum.kit.archive.zip import Entry, has_entry, read_entry, wanted_entries
from oakum.kit.errors import LimitError, UnreadableError
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_ARCHIVES = (".jar", ".war", ".ear", ".par", ".sar", ".rar", ".kar", ".nar", ".hpi", ".jpi", ".lpkg")
_MANIFEST = "META-INF/MANIFEST.MF"
_POM = "/pom.properties"
_POM_BYTES = 64 * limits.KIB
_WANTED = tuple(name.encode() for name in (*_ARCHIVES, _MANIFEST, _POM))

_ODD = re.compile(r"[^a-z0-9]+")


class _Budget(Struct):
    """What may still be unpacked from archives inside one file."""

    left: int = field(default_factory=lambda: limits.HELD_BYTES)


@cataloger(
    version=3,
    jar=Group(glob="**/*.jar", large=True),
    war=Group(glob="**/*.war", large=True),
    ear=Group(glob="**/*.ear", large=True),
    par=Group(glob="**/*.par", large=True),
    sar=Group(glob="**/*.sar", large=True),
    rar=Group(glob="**/*.rar", large=True),
    kar=Group(glob="**/*.kar", large=True),
    nar=Group(glob="**/*.nar", large=True),
    hpi=Group(glob="**/*.hpi", large=True),
    jpi=Group(glob="**/*.jpi", large=True),
    lpkg=Group(glob="**/*.lpkg", large=True),
)
def jar(files: Files) -> Iterator[Fact]:
    """Java archives, also those inside others.

    Maven leaves a ``pom.properties`` for each module; an archive that holds several has
    taken others in, and each is a package. The archive itself is the one that its file
    name says; without it, where it lies in a repository, what is known of well-known packages, the
    manifest and the file name have to do, and the package says what it was taken from.
    """
    for file in files.every():
        yield from _archive(file.open(), file.path, 1, _Budget())


def _archive(stream: BinaryIO, path: str, depth: int, budget: _Budget) -> Iterator[Fact]:
    entries = wanted_entries(stream, _WANTED)
    manifest = _manifest(stream, [entry for entry in entries if entry.name == _MANIFEST])
    poms: list[Names] = []
    nested: list[Fact] = []
    for entry in entries:
        if budget.left <= 0:
            nested.append(Gap(gaps.LIMIT, f"the archive unpacks to more than {limits.HELD_BYTES} bytes", path))
            break
        if entry.name.startswith("META-INF/maven/") and entry.name.endswith(_POM):
            nested += _pom(stream, entry, path, poms, budget)
        elif entry.name.endswith(_ARCHIVES):
            nested += _nested(stream, entry, f"{path}!/{entry.name}", depth, budget)
    yield from _packages(path, manifest, poms, lambda folder: _holds(stream, folder))
    yield from nested


def _nested(stream: BinaryIO, entry: Entry, path: str, depth: int, budget: _Budget) -> Iterator[Fact]:
    """The packages of an archive inside another; one that cannot be read costs no other its place."""
    if depth >= limits.NESTING:
        yield Gap(gaps.LIMIT, f"archives are nested deeper than {limits.NESTING}", path)
        return
    try:
        most = min(limits.NESTED_ARCHIVE_BYTES, budget.left)
        budget.left -= min(entry.size, most)  # also of what turns out to be damaged: entries may lie over one another
        data = read_entry(stream, entry, most)
        yield from _archive(io.BytesIO(data), path, depth + 1, budget)
    except LimitError as error:
        yield Gap(gaps.LIMIT, str(error), path)
    except UnreadableError as error:
        yield Gap(gaps.UNREADABLE_FILE, str(error), path)


def _packages(path: str, manifest: dict[str, str], poms: list[Names], holds: Callable[[str], bool]) -> Iterator[Fact]:
    """The archive's own package first, then those that it has taken in."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    main = _own_pom(stem, poms)
    names = main or names_of(path, manifest, holds)
    licenses = statement(manifest.get("bundle-license", "").partition(";")[0])
    if names.artifact:
        yield _package(names, path, licenses)
    seen = {(names.group, names.artifact, names.version)}
    for pom in poms:
        key = (pom.group, pom.artifact, pom.version)
        if pom is not main and key not in seen:
            seen.add(key)
            yield _package(pom, path, ())


def _holds(stream: BinaryIO, folder: str) -> bool:
    """Whether there are classes below a folder of the archive."""
    return has_entry(stream, folder.encode(), b".class")


def _package(names: Names, path: str, licenses: tuple[str, ...]) -> Package | Gap:
    name = f"{names.group}:{names.artifact}" if names.group else names.artifact
    return bounded(Package("maven", name, names.version, path, licenses=licenses, guessed=names.guessed))


def _own_pom(stem: str, poms: list[Names]) -> Names | None:
    """The pom of the archive itself: the longest artifact that its file name begins with, whatever joins its words."""
    flat = _flat(stem)
    fitting = [pom for pom in poms if f"{flat}-".startswith(f"{_flat(pom.artifact)}-")]
    return max(fitting, key=lambda pom: (len(pom.artifact), pom.version in stem), default=None)


def _flat(name: str) -> str:
    return _ODD.sub("-", name.lower())


def _pom(stream: BinaryIO, entry: Entry, path: str, poms: list[Names], budget: _Budget) -> Iterator[Fact]:
    """Adds what a pom.properties says (of java.util.Properties, Maven writes plain ``key=value`` lines alone)."""
    budget.left -= min(entry.size, _POM_BYTES)
    try:
        data = read_entry(stream, entry, _POM_BYTES)
    except UnreadableError as error:
        yield Gap(gaps.UNREADABLE_FILE, str(error), f"{path}!/{entry.name}")
        return
    values = {}
    for line in data.decode("utf-8", "replace").splitlines():
        key, equals, value = line.partition("=")
        if equals and not key.startswith(("#", "!")):
            values[key.strip()] = value.strip()
    if values.get("artifactId"):
        poms.append(Names(values.get("groupId", ""), values["artifactId"], values.get("version", "")))


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
