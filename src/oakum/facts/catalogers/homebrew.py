"""Cataloger of what Homebrew installed."""

from collections.abc import Iterator
from typing import Final

from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, table, table_of, text
from oakum.model.fact import Fact, Package

_CORE: Final = "homebrew/core"
_KEG: Final = slice(-3, -1)


@cataloger(version=1, receipts="**/Cellar/*/*/INSTALL_RECEIPT.json")
def homebrew(files: Files) -> Iterator[Fact]:
    """Formulae that Homebrew installed, on Linux or macOS.

    Each lies in a folder of its name and version, its keg, with a receipt that says which tap it came from
    (``Cellar/openssl@3/3.4.0_1/INSTALL_RECEIPT.json``; Homebrew, "Formula Cookbook" and ``tab.rb``). One of another tap
    than Homebrew's own is named with its tap, since each tap has names of its own.
    """
    for file in files.receipts:
        name, version = file.path.split("/")[_KEG]
        tap = text(table(table_of(file).get("source")).get("tap"))
        yield release(Package("brew", name if tap in ("", _CORE) else f"{tap}/{name}", version, file.path))
