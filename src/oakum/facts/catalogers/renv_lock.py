"""Cataloger of R packages that renv pins."""

from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, table, table_of, text, words
from oakum.model.fact import Fact, Package

_NO_PACKAGES = frozenset(("R",))
"""What packages need that is no package: the language."""


@cataloger(version=1, reads=DECLARED, locks="**/renv.lock")
def renv_lock(files: Files) -> Iterator[Fact]:
    """R packages that ``renv.lock`` pins; those of Bioconductor have a type of their own."""
    for file in files.locks:
        for key, value in table(table_of(file).get("Packages")).items():
            entry = table(value)
            kind = "bioconductor" if text(entry.get("Source")) == "Bioconductor" else "cran"
            name, version = text(entry.get("Package")) or key, text(entry.get("Version"))
            needs = edges(need for need in words(entry.get("Requirements")) if need not in _NO_PACKAGES)
            yield release(Package(kind, name, version, file.path, depends=needs))
