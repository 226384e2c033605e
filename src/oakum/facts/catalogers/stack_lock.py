"""Cataloger of Haskell packages that Stack pins."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, rows, table, text, words, yaml_of
from oakum.model.fact import Fact, Package

_HACKAGE = re.compile(r"(?P<name>[^@/]+)-(?P<version>[0-9.]+)(?:@.*)?", re.DOTALL)
"""``name-version@sha256:hash,size`` (pantry, "Package location")."""


@cataloger(version=2, reads=DECLARED, locks="**/stack.yaml.lock", projects="**/stack.yaml")
def stack_lock(files: Files) -> Iterator[Fact]:
    """Haskell packages that ``stack.yaml`` and its lock file pin beside the snapshot.

    The snapshot is a list elsewhere that the file names by its hash; what lies in it is not known from here. Of
    ``stack.yaml`` the extra dependencies count that name a version.
    """
    for file in files.projects:
        for name, version in filter(None, map(_pinned, words(yaml_of(file).get("extra-deps")))):
            yield release(Package("hackage", name, version, file.path))
    for file in files.locks:
        for entry in rows(yaml_of(file).get("packages")):
            completed = table(entry.get("completed"))
            apart = text(completed.get("name")), text(completed.get("version"))  # from Git or an archive
            yield release(Package("hackage", *(_pinned(text(completed.get("hackage"))) or apart), file.path))


def _pinned(location: str) -> tuple[str, str] | None:
    found = _HACKAGE.fullmatch(location)
    return (found["name"], found["version"]) if found else None
