"""Cataloger of installed Perl distributions."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import cataloger
from oakum.facts.files import File, Files
from oakum.facts.lockfile import release, table_of, text
from oakum.kit.errors import UnreadableError
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_ENTRY = re.compile(r"^=head2 [^\n]*C<Module>\s+L<(?P<module>[\w:]+)\|", re.MULTILINE)
_RELEASE = re.compile(r"(?P<name>\S+)-(?P<version>v?\d[\w.]*)(?:-TRIAL\d*)?")
"""The distribution's own version, which need not be that of its main module."""

_VERSION = re.compile(r"C<VERSION:\s+(?P<version>[^>\s]+)>")


@cataloger(version=1, per="layer", records="**/.meta/*/install.json", logs="**/perllocal.pod")
def cpan_install(files: Files) -> Iterator[Fact]:
    """Perl distributions that a CPAN client has installed.

    ``cpanm`` and its kin leave one ``install.json`` for each, which names author, distribution and version. Others
    append to ``perllocal.pod``, which names the main module alone; the distribution is named after it
    (ExtUtils::MakeMaker, "NAME"), unless a record in the same layer knows better.
    """
    recorded: set[str] = set()
    for file in files.records:
        package = _recorded(file)
        recorded.add(package.name.rpartition("/")[2] if isinstance(package, Package) else "")
        yield package
    for file in files.logs:
        yield from _logged(file, recorded)


def _recorded(file: File) -> Package | Gap:
    try:
        record = table_of(file)
    except UnreadableError as error:  # one record must not cost the others of the layer
        return Gap(gaps.UNREADABLE_FILE, str(error), file.path)
    found = _RELEASE.fullmatch(text(record.get("dist")))
    name, version = (found["name"], found["version"]) if found else (text(record.get("dist")), "")
    path = text(record.get("pathname")).split("/")
    author = path[2] if len(path) > 3 else ""  # noqa: PLR2004 - A/AB/ABC/file
    return release(Package("cpan", f"{author}/{name}" if author and name else name, version, file.path))


def _logged(file: File, recorded: set[str]) -> Iterator[Package | Gap]:
    """Each entry in turn; a later installation of the same module has written over an earlier one."""
    log = file.text()
    entries = list(_ENTRY.finditer(log))
    versions: dict[str, str] = {}
    for entry, after in zip(entries, [*entries[1:], None], strict=True):
        found = _VERSION.search(log, entry.end(), after.start() if after else len(log))
        versions[entry["module"].replace("::", "-")] = found["version"] if found else ""
    for name, version in versions.items():
        if name not in recorded:
            yield release(Package("cpan", name, version, file.path, guessed="main module"))
