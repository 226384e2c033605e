"""Cataloger of conda's environment files."""

from collections.abc import Iterator

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import merged
from oakum.facts.documents import yaml_file
from oakum.facts.files import Files
from oakum.facts.requirement import requirement
from oakum.model.fact import Fact, Package


class _Environment(Struct):
    dependencies: tuple[str | dict[str, tuple[str, ...]] | None, ...] | None = ()


@cataloger(version=1, reads=DECLARED, yml="**/environment.yml", yaml="**/environment.yaml")
def conda_environment(files: Files) -> Iterator[Fact]:
    """Packages that a conda environment file asks for, those for pip among them.

    ``name==version`` and ``name=version=build`` are exact; ``name=version`` stands for every
    version that begins so, and the version is then unknown (conda's documentation, "Package match
    specifications").
    """
    for file in files.every():
        yield from merged(_packages(yaml_file(file, _Environment), file.path))


def _packages(environment: _Environment, path: str) -> Iterator[Package]:
    for need in environment.dependencies or ():
        if isinstance(need, dict):
            found = filter(None, map(requirement, need.get("pip", ())))
            yield from (Package("pypi", name, version, path) for name, version in found)
        elif need:
            yield Package("conda", *_matched(need), path)


def _matched(text: str) -> tuple[str, str]:
    """Name and version of a match specification: ``channel::name``, then ``==version`` or ``=version=build``."""
    plain = text.rpartition("::")[2].split("[", 1)[0].split("#", 1)[0].strip()
    name, version = plain, ""
    for at, letter in enumerate(plain):
        if letter in "=<>!~ ":
            name, version = plain[:at], plain[at:].strip()
            break
    if version.startswith("=="):
        number = version[2:].strip()
    else:
        number, equals, _ = version[1:].partition("=") if version.startswith("=") else ("", "", "")
        number = number if equals else ""
    exact = number and not set(number) & set("*<>!=~,| ")
    return name, number if exact else ""
