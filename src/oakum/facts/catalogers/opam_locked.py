"""Cataloger of OCaml packages that a project has locked."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release
from oakum.facts.opam_file import Token, fields_of, with_options
from oakum.model.fact import Fact, Package

_DEV: Final = frozenset({"with-test", "with-doc", "with-dev-setup", "with-tools", "dev"})


@cataloger(version=1, reads=DECLARED, locks="**/*.opam.locked", plain="**/opam.locked")
def opam_locked(files: Files) -> Iterator[Fact]:
    """OCaml packages in the lock files of opam.

    ``opam lock`` writes a copy of a project's opam file whose ``depends`` names every package that it leads to
    with one version: ``"dune" {= "3.10.0"}``. One for tests, documentation or development says so beside it. A
    dependency without such a version is a gap.
    """
    for file in files.every():
        for name, option in with_options(fields_of(file.text(), ["depends"])["depends"]):
            scope = "dev" if any(part.kind == "word" and part.value in _DEV for part in option) else ""
            yield release(Package("opam", name, _version(option), file.path, scope=scope))


def _version(option: Sequence[Token]) -> str:
    """What stands behind an equals sign; a second one would be another version."""
    said = [
        then.value
        for sign, then in pairwise(option)
        if sign.kind == "sign" and sign.value == "=" and then.kind == "text"
    ]
    return said[0] if len(said) == 1 else ""
