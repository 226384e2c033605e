"""Cataloger of installed Ruby gems."""

import re
from collections.abc import Iterator

from oakum.facts.bounds import statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import File, Files
from oakum.facts.lockfile import release
from oakum.model.fact import Fact, Package

_STUB = re.compile(r"# stub: (?P<name>\S+) (?P<version>\d[0-9A-Za-z.-]*) (?P<platform>\S+)[ \n]")
_FILE = re.compile(r"(?P<name>.+?)-(?P<version>\d[0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*)(?:-[\w.-]+)?\.gemspec", re.DOTALL)
_TEXT = re.compile(r"""%q[<{(\[]([^<>{}()\[\]\n]*)[>})\]]|"([^"\\\n]*)"|'([^'\\\n]*)'""")
_HEAD = 16 * 1024
"""The stub and the name are RubyGems' first lines; licences come before the long list of dependencies."""


@cataloger(
    version=2,
    installed="**/specifications/*.gemspec",
    default="**/specifications/default/*.gemspec",
    git="**/bundler/gems/*/*.gemspec",
)
def gemspec(files: Files) -> Iterator[Fact]:
    """Ruby gems that are installed, those that come with Ruby as well.

    RubyGems writes one specification for each gem as Ruby code, which is read and never run: the ``# stub:`` line
    that RubyGems itself trusts, else the plain assignments of name and version. A specification that computes them
    was written by hand; there the file name says them. Of a gem from Git, Bundler writes the specification anew;
    one without a stub lies in the same repository and was not asked for.
    """
    for file in files.every():
        head = file.text()[:_HEAD]
        if file in files.git and not _STUB.search(head):
            continue
        name, version, guessed = _identity(head, file)
        licenses = tuple(one for word in _assigned(head, "licenses", "license") for one in statement(word))
        yield release(Package("gem", name, version, file.path, licenses=licenses[:20], guessed=guessed))


def _identity(head: str, file: File) -> tuple[str, str, str]:
    """Name, version, and what they were taken from when the specification does not state them."""
    stub = _STUB.search(head)
    if stub:
        return stub["name"], stub["version"], ""
    names, versions = _assigned(head, "name"), _assigned(head, "version")
    if names and versions:
        return names[0], versions[0], ""
    named = _FILE.fullmatch(file.path.rpartition("/")[2])
    return (named["name"], named["version"], "file name") if named else ("", "", "")


def _assigned(head: str, *fields: str) -> list[str]:
    """The plain texts that a line assigns to one of the fields."""
    for line in head.split("\n"):
        left, equals, right = line.strip().partition(" = ")
        if equals and left.rpartition(".")[2] in fields and not right.startswith(("=", "~")):
            return ["".join(found) for found in _TEXT.findall(right)]
    return []
