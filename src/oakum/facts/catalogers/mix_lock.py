"""Cataloger of Elixir packages that mix.lock pins."""

from collections.abc import Iterator
from typing import Any

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, text
from oakum.facts.terms import terms
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Fact, Gap, Package

_ORGANISATION = "hexpm:"
_NEEDS, _REPOSITORY = 5, 6
"""Where a locked package of Hex keeps its dependencies and the name of its repository (Hex, ``Hex.Utils.lock``)."""


@cataloger(version=1, reads=DECLARED, locks="**/mix.lock")
def mix_lock(files: Files) -> Iterator[Fact]:
    """Elixir and Erlang packages that ``mix.lock`` pins.

    A package of an organisation has it before its name. One that comes from Git has its revision as version.
    """
    for file in files.locks:
        found = terms(file.text(), "elixir")
        if len(found) != 1 or not isinstance(found[0], list):
            raise UnreadableError("is no map of locked packages")
        for entry in found[0]:
            if isinstance(entry, tuple) and len(entry) == 2 and isinstance(entry[1], tuple):  # noqa: PLR2004 - key, value
                yield _locked(text(entry[0]), entry[1], file.path)


def _locked(key: str, lock: tuple[Any, ...], path: str) -> Package | Gap:
    kind, first, second = (*(text(part) for part in lock[:3]), "", "", "")[:3]
    if kind != "hex":
        return release(Package("hex", key, second, path))
    repository = text(lock[_REPOSITORY]) if len(lock) > _REPOSITORY else ""
    organisation = repository.removeprefix(_ORGANISATION) if repository.startswith(_ORGANISATION) else ""
    needs = lock[_NEEDS] if len(lock) > _NEEDS and isinstance(lock[_NEEDS], list) else []
    named = f"{organisation}/{first}" if organisation and first else first
    return release(Package("hex", named, second, path, depends=edges(_need(need) for need in needs)))


def _need(need: object) -> str:
    """The package that ``{:app, "~> 1.0", [hex: :name, ...]}`` names."""
    parts = need if isinstance(need, tuple) else ()
    options = parts[-1] if parts and isinstance(parts[-1], list) else []
    named = (text(one[1]) for one in options if isinstance(one, tuple) and one[:1] == ("hex",) and len(one) > 1)
    return next(named, text(parts[0]) if parts else "")
