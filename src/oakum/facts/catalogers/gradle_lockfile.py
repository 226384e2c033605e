"""Cataloger of Gradle's lock files."""

from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, merged
from oakum.facts.files import File, Files
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package


@cataloger(
    version=1,
    reads=DECLARED,
    plain="**/gradle.lockfile",
    build="**/buildscript-gradle.lockfile",
    old="**/gradle/dependency-locks/*.lockfile",
)
def gradle_lockfile(files: Files) -> Iterator[Fact]:
    """Java packages that Gradle has locked.

    A line names a package and the configurations that hold it. A package that only configurations for
    tests hold, or only the build itself, is for development. Before Gradle 6.8 each configuration had a file of its own
    (Gradle's documentation, "Locking dependency versions").
    """
    for file in files.every():
        yield from merged(_packages(file))
        broken = sum(_coordinates(line) is None for line in _lines(file))
        if broken:
            yield Gap(gaps.UNREADABLE_FILE, f"{broken} lines name no package", file.path)


def _lines(file: File) -> Iterator[str]:
    for line in file.text().splitlines():
        plain = line.strip()
        if plain and not plain.startswith(("#", "empty=")):
            yield plain


def _packages(file: File) -> Iterator[Package]:
    base = file.path.rpartition("/")[2]
    for line in _lines(file):
        found = _coordinates(line)
        if found is not None:
            named = line.partition("=")[2] or base.removesuffix(".lockfile")
            dev = base.startswith("buildscript-") or all(map(_is_dev, named.split(",")))
            yield Package("maven", *found, file.path, scope=DEV if dev else "")


def _coordinates(line: str) -> tuple[str, str] | None:
    parts = line.partition("=")[0].split(":")
    return (f"{parts[0]}:{parts[1]}", parts[2]) if len(parts) == 3 and all(parts) else None  # noqa: PLR2004 - group, artifact, version


def _is_dev(configuration: str) -> bool:
    """Whether a configuration is the tests' own: the Java plug-in names those ``test...``, others end in that word."""
    name = configuration.strip().lower()
    return (
        name.startswith(("test", "androidtest", "debugandroidtest")) or "testcompile" in name or "testruntime" in name
    )
