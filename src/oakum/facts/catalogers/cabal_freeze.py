"""Cataloger of Haskell packages that cabal freezes."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release
from oakum.model.fact import Fact, Package

_PIN = re.compile(r"(?:any\.|setup\.)?(?P<name>[^\s=]+)\s*==\s*(?P<version>[0-9][0-9.]*)")


@cataloger(version=1, reads=DECLARED, freezes="**/cabal.project.freeze", older="**/cabal.config")
def cabal_freeze(files: Files) -> Iterator[Fact]:
    """Haskell packages that ``cabal freeze`` pins; lines that set flags (``aeson +fast``) pin nothing."""
    for file in files.every():
        for version, name in dict.fromkeys(_pins(file.text())):
            yield release(Package("hackage", name, version, file.path))


def _pins(text: str) -> Iterator[tuple[str, str]]:
    """Version and name of each constraint that names exactly one version."""
    constraints = False
    for line in text.splitlines():
        if line.lstrip().startswith("--"):
            continue
        if line[:1] not in ("", " ", "\t"):
            constraints = line.startswith("constraints:")
        if constraints:
            for constraint in line.removeprefix("constraints:").split(","):
                found = _PIN.fullmatch(constraint.strip())
                if found:
                    yield found["version"], found["name"]
