"""Cataloger of .NET packages that a NuGet lock file pins."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, exact, release, table, table_of, text
from oakum.model.fact import Fact, Package


@cataloger(version=1, reads=DECLARED, locks="**/packages.lock.json", named="**/packages.*.lock.json")
def nuget_lock(files: Files) -> Iterator[Fact]:
    """.NET packages that ``packages.lock.json`` pins, for every framework that it lists.

    Entries of the type ``Project`` are projects of the same source tree and have no version.
    """
    for file in files.every():
        frameworks = [table(value) for value in table(table_of(file).get("dependencies")).values()]
        resolved = [{name: text(table(entry).get("resolved")) for name, entry in one.items()} for one in frameworks]
        named = exact(release for one in resolved for release in one.items())
        packages = (
            _packages(one, versions, named, file.path) for one, versions in zip(frameworks, resolved, strict=True)
        )
        yield from map(release, dict.fromkeys(chain.from_iterable(packages)))


def _packages(
    framework: dict[str, Any], versions: dict[str, str], named: dict[tuple[str, str], str], path: str
) -> Iterator[Package]:
    """The packages of one framework, which resolves each name to one version."""
    for name, value in framework.items():
        entry = table(value)
        if text(entry.get("type")).lower() != "project":
            needs = edges(named.get((need, versions.get(need, "")), need) for need in table(entry.get("dependencies")))
            yield Package("nuget", name, versions[name], path, depends=needs)
