"""Cataloger of Haskell packages that stack.yaml.lock pins."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, rows, table, text, yaml_of
from oakum.model.fact import Fact, Package

_HACKAGE = re.compile(r"(?P<name>[^@]+)-(?P<version>[0-9.]+)(?:@.*)?", re.DOTALL)
"""``name-version@sha256:hash,size`` (pantry, "Package location")."""


@cataloger(version=1, reads=DECLARED, locks="**/stack.yaml.lock")
def stack_lock(files: Files) -> Iterator[Fact]:
    """Haskell packages that ``stack.yaml.lock`` pins beside its snapshot.

    The snapshot is a list elsewhere that the file names by its hash; what lies in it is not known from here.
    """
    for file in files.locks:
        for entry in rows(yaml_of(file).get("packages")):
            completed = table(entry.get("completed"))
            found = _HACKAGE.fullmatch(text(completed.get("hackage")))
            if found:
                yield release(Package("hackage", found["name"], found["version"], file.path))
            else:  # from Git or an archive, where name and version stand apart
                yield release(
                    Package("hackage", text(completed.get("name")), text(completed.get("version")), file.path)
                )
