"""What catalogers of lock files share: packages named by several entries, edges, and what a start leads to."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from oakum.facts.bounds import bounded
from oakum.model.fact import Fact, Package

OPTIONAL: Final = "optional"
DEV: Final = "dev"

_WEIGHT: Final = {"": 0, OPTIONAL: 1, DEV: 2}


def merged(packages: Iterable[Package]) -> Iterator[Fact]:
    """Each package once, in the order of its first entry, with the needs of all its entries.

    What one entry needs to run is needed to run, whatever other entries say.
    """
    kept: dict[tuple[str, str, str], Package] = {}
    scopes: dict[tuple[str, str, str], str] = {}
    needs: dict[tuple[str, str, str], set[str]] = {}
    for package in packages:
        key = (package.type, package.name, package.version)
        known = kept.setdefault(key, package)
        if known is not package:
            scopes[key] = min(scopes.get(key, known.scope), package.scope, key=lambda one: _WEIGHT.get(one, 0))
            needs.setdefault(key, set(known.depends)).update(package.depends)
    return (bounded(_joined(one, scopes.get(key), needs.get(key, set()))) for key, one in kept.items())


def _joined(package: Package, scope: str | None, needs: set[str]) -> Package:
    """The first entry of a package with what all its entries say; None: there is no other."""
    if scope is None or (scope == package.scope and len(needs) == len(set(package.depends))):
        return package
    return replace(package, scope=scope, depends=tuple(sorted(needs)))


def edge(name: str, version: str, versions: Mapping[str, Collection[str]]) -> str:
    """A need as ``Package.depends`` spells it: with its version where the file holds several of that name."""
    return f"{name} {version}" if version and len(versions.get(name, ())) > 1 else name


def reached(starts: Iterable[str], needs: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that the starts lead to, themselves included; cycles are walked once."""
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        for name in needs.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen


def scope_of(key: str, run: Container[str], optional: Container[str] = ()) -> str:
    """What an entry is needed for, by what is reached from the needs of running and from optional ones."""
    if key in run:
        return ""
    return OPTIONAL if key in optional else DEV
