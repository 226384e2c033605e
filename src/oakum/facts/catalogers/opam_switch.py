"""Cataloger of OCaml packages that opam installed."""

import re
from collections.abc import Iterator
from typing import Final

from oakum.facts.bounds import statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import File, Files
from oakum.facts.lockfile import release
from oakum.facts.opam_file import fields_of, texts
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_NAME: Final = re.compile(r"[A-Za-z0-9_+-]+")


@cataloger(version=1, states="**/.opam-switch/switch-state", packages="**/.opam-switch/packages/*/opam")
def opam_switch(files: Files) -> Iterator[Fact]:
    """OCaml packages that are installed in a switch of opam, the global ones and those of a project.

    ``switch-state`` lists them as ``name.version``, and of each the switch keeps the opam file in a folder of that
    name, which states the licence (opam manual, "Switch"). A name has no dot, a version may have many.
    """
    for file in files.states:
        for said in texts(fields_of(file.text(), ["installed"])["installed"]):
            yield _package(said, file)
    for file in files.packages:
        licenses = texts(fields_of(file.text(), ["license"])["license"])
        yield _package(file.path.split("/")[-2], file, tuple(one for text in licenses for one in statement(text)))


def _package(said: str, file: File, licenses: tuple[str, ...] = ()) -> Package | Gap:
    name, _, version = said.partition(".")
    if not _NAME.fullmatch(name):
        return Gap(gaps.UNREADABLE_FILE, f"{said[:FIELD_CHARACTERS]!r} names no package of opam", file.path)
    return release(Package("opam", name, version, file.path, licenses=licenses))
