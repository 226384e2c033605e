"""Cataloger of Perl distributions that cpanfile.snapshot pins."""

import re
from collections.abc import Iterator

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release
from oakum.model.fact import Fact, Package

_RELEASE = re.compile(r"(?P<name>\S+)-(?P<version>v?\d[\w.]*)(?:-TRIAL\d*)?")


class _Distribution(Struct):
    """One entry."""

    name: str
    version: str
    author: str
    modules: list[str]
    needs: list[str]


@cataloger(version=1, reads=DECLARED, snapshots="**/cpanfile.snapshot")
def cpanfile_snapshot(files: Files) -> Iterator[Fact]:
    """Perl distributions that Carton or Carmel pins in ``cpanfile.snapshot``.

    An entry names the modules that it provides and those that it needs, which makes the edges.
    """
    for file in files.snapshots:
        found = list(_distributions(file.text()))
        homes = {module: _full(one) for one in found for module in one.modules}
        for one in found:
            needs = edges(homes[need] for need in one.needs if need in homes and homes[need] != _full(one))
            yield release(Package("cpan", _full(one), one.version, file.path, depends=needs))


def _full(one: _Distribution) -> str:
    return f"{one.author}/{one.name}" if one.author and one.name else one.name


def _distributions(text: str) -> Iterator[_Distribution]:
    """By indentation: two blanks a distribution, four a field, six a line of ``provides`` or ``requirements``."""
    one, section = None, ""
    for line in text.splitlines():
        word, indent = line.strip(), len(line) - len(line.lstrip(" "))
        if indent == 2:  # noqa: PLR2004 - a distribution
            if one:
                yield one
            found = _RELEASE.fullmatch(word)
            one = _Distribution(found["name"] if found else word, found["version"] if found else "", "", [], [])
        elif indent == 4 and one:  # noqa: PLR2004 - a field
            section, _, value = word.partition(":")
            parts = value.strip().split("/")
            one.author = parts[2] if section == "pathname" and len(parts) > 3 else one.author  # noqa: PLR2004 - A/AB/ABC/
        elif indent == 6 and one and section in ("provides", "requirements"):  # noqa: PLR2004 - a module
            (one.modules if section == "provides" else one.needs).append(word.partition(" ")[0])
    if one:
        yield one
