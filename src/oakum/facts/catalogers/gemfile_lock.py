"""Cataloger of Ruby gems that Bundler's lock file pins."""

import re
from collections.abc import Iterator

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release
from oakum.model.fact import Fact, Package

_SOURCES = frozenset(("GEM", "GIT", "PATH", "PLUGIN SOURCE"))
_SPEC = re.compile(r"(?P<name>[^ ()]+)(?: \((?P<version>[^-()]*)(?:-(?P<platform>[^()]*))?\))?!?")
"""Bundler's own rule: the version ends at the first hyphen, what follows is a platform (lockfile_parser.rb)."""


class _Gem(Struct):
    """A gem and the names that it needs."""

    version: str
    needs: list[str]


@cataloger(
    version=2,
    reads=DECLARED,
    locks="**/Gemfile.lock",
    nexts="**/Gemfile.next.lock",
    gems="**/gems.locked",
    others="**/*.gemfile.lock",
)
def gemfile_lock(files: Files) -> Iterator[Fact]:
    """Ruby gems that ``Gemfile.lock`` pins, from registries, from Git and from folders.

    A gem that is built for several platforms (``nokogiri (1.16.0-x86_64-linux)``) is one gem of one version.
    """
    for file in files.every():
        for name, gem in _gems(file.text()).items():
            yield release(Package("gem", name[0], gem.version, file.path, depends=edges(gem.needs)))


def _gems(text: str) -> dict[tuple[str, str], _Gem]:
    """By name and version; four blanks before a gem, six before what it needs."""
    gems: dict[tuple[str, str], _Gem] = {}
    section, held = "", None
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        found = _SPEC.fullmatch(line.strip())
        if indent == 0:
            section, held = line.strip(), None
        elif found is None or section not in _SOURCES:
            continue
        elif indent == 4:  # noqa: PLR2004 - a gem
            key = (found["name"], found["version"] or "")
            held = gems.setdefault(key, _Gem(key[1], []))
        elif indent == 6 and held is not None:  # noqa: PLR2004 - what the gem above needs
            held.needs.append(found["name"])
    return gems
