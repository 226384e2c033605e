"""Cataloger of installed R packages."""

from collections.abc import Iterator

from oakum.facts.bounds import statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import fields, release
from oakum.model.fact import Fact, Package

_WANTED = frozenset(("Package", "Version", "License", "Built", "biocViews"))


@cataloger(version=1, descriptions="**/DESCRIPTION")
def r_package(files: Files) -> Iterator[Fact]:
    """R packages that are installed, those that come with R as well.

    Only R's own installation writes ``Built`` into a ``DESCRIPTION``; without it the file belongs to sources, or
    to something else. Packages of Bioconductor say so by their ``biocViews``.
    """
    for file in files.descriptions:
        found = fields(file.text(), _WANTED)
        if "Built" in found and "Package" in found:
            kind = "bioconductor" if "biocViews" in found else "cran"
            licenses = statement(found.get("License", ""))
            yield release(Package(kind, found["Package"], found.get("Version", ""), file.path, licenses=licenses))
