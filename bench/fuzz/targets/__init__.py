"""All targets; a module here gives some of them."""

from collections.abc import Iterator

from bench.fuzz.target import Target
from bench.fuzz.targets import (
    archives,
    catalogers,
    databases,
    gates,
    intelligence,
    languages,
    openers,
    registries,
    signatures,
    texts,
    wire,
)

_MODULES = (
    archives,
    databases,
    languages,
    openers,
    registries,
    wire,
    intelligence,
    texts,
    gates,
    signatures,
    catalogers,
)


def targets() -> Iterator[Target]:
    """Every target."""
    for module in _MODULES:
        yield from module.targets()
