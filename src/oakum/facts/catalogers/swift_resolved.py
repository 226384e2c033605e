"""Cataloger of Swift packages that Package.resolved pins."""

from collections.abc import Iterator
from typing import Any

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, rows, table, table_of, text
from oakum.model.fact import Fact, Package


@cataloger(version=1, reads=DECLARED, pins="**/Package.resolved")
def swift_resolved(files: Files) -> Iterator[Fact]:
    """Swift packages that ``Package.resolved`` pins.

    A package is named by where its repository lies (``example.com/owner/name``). One that is pinned to a
    branch has the revision as its version.
    """
    for file in files.pins:
        document = table_of(file)
        pins = document.get("pins", table(document.get("object")).get("pins"))  # version 1 wraps them
        for pin in rows(pins):
            state = table(pin.get("state"))
            version = text(state.get("version")) or text(state.get("revision"))
            yield release(Package("swift", _name(pin), version, file.path))


def _name(pin: dict[str, Any]) -> str:
    """Host and path of the repository; a package of a registry has only its identity (``scope.name``)."""
    address = text(pin.get("location")) or text(pin.get("repositoryURL"))
    rest = address.partition("://")[2] or address
    host, slash, path = rest.partition("/")
    host = host.rpartition("@")[2]
    if ":" in host and "://" not in address:
        host, _, before = host.partition(":")  # git@host:owner/name
        path = f"{before}/{path}" if slash else before
    path = path.strip("/").removesuffix(".git")
    return f"{host}/{path}" if host and path else text(pin.get("identity")).replace(".", "/", 1)
