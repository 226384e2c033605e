"""Cataloger of PHP packages that composer.lock pins."""

from collections.abc import Iterator

from oakum.facts.bounds import statement
from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, rows, table, table_of, text, words
from oakum.model.fact import Fact, Package

_SECTIONS = (("packages", ""), ("packages-dev", "dev"))


@cataloger(version=1, reads=DECLARED, locks="**/composer.lock")
def composer_lock(files: Files) -> Iterator[Fact]:
    """PHP packages that ``composer.lock`` pins.

    What only development needs stands in a list of its own. Requirements without a vendor (``php``, ``ext-json``)
    are the platform's and no packages.
    """
    for file in files.locks:
        lock = table_of(file)
        for section, scope in _SECTIONS:
            for entry in rows(lock.get(section)):
                licenses = tuple(one for word in words(entry.get("license")) for one in statement(word))
                needs = edges(name for name in table(entry.get("require")) if "/" in name)
                name, version = text(entry.get("name")), text(entry.get("version"))
                yield release(
                    Package("composer", name, version, file.path, licenses=licenses, depends=needs, scope=scope)
                )
