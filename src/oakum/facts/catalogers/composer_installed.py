"""Cataloger of installed PHP packages."""

from collections.abc import Iterator

from oakum.facts.bounds import statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, json_of, release, rows, table, text, words
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Fact, Package


@cataloger(version=1, records="**/composer/installed.json")
def composer_installed(files: Files) -> Iterator[Fact]:
    """PHP packages that Composer has put into a vendor folder.

    Composer 1 writes a bare list, Composer 2 an object that also tells what only development needs. A package
    that the root package replaces or provides is not installed and not listed there.
    """
    for file in files.records:
        value = json_of(file)
        if not isinstance(value, list | dict):
            raise UnreadableError("is JSON, but no list of packages")
        record = table(value)
        development = frozenset(words(record.get("dev-package-names")))
        for entry in rows(record.get("packages") if record else value):
            name, version = text(entry.get("name")), text(entry.get("version"))
            licenses = tuple(one for word in words(entry.get("license")) for one in statement(word))
            needs = edges(name for name in table(entry.get("require")) if "/" in name)
            scope = "dev" if name in development else ""
            yield release(Package("composer", name, version, file.path, licenses=licenses, depends=needs, scope=scope))
