"""The plug-in kinds whose decorators live in pure rooms; flows resolve them and hand them in."""

from collections.abc import Iterator, Mapping
from typing import Any

from oakum.decisions.criterion import Criterion
from oakum.findings.matcher import Matcher
from oakum.kit.plugin import Kind
from oakum.model.ecosystems import ordering
from oakum.model.scheme import Scheme


def _scheme(plugin: Scheme) -> dict[str, Any]:
    return {
        "title": plugin.title,
        "version": plugin.version,
        "ecosystems": list(plugin.ecosystems),
        "memcmp": plugin.memcmp,
    }


def _matcher(plugin: Matcher) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version, "types": list(plugin.types)}


def _criterion(plugin: Criterion) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version, "level": plugin.level}


SCHEMES: Kind[Scheme] = Kind("version scheme", "oakum.model.versions", _scheme)
"""All version schemes."""

MATCHERS: Kind[Matcher] = Kind("matcher", "oakum.findings.matchers", _matcher)
"""All matchers."""

CRITERIA: Kind[Criterion] = Kind("criterion", "oakum.decisions.criteria", _criterion)
"""All criteria of policies."""


class EveryCriterion(Mapping[str, Criterion]):
    """All criteria by their ids, each loaded when it is asked for: a policy names few of them."""

    def __getitem__(self, name: str) -> Criterion:
        """One of them.

        Raises:
            KeyError: there is none of this name.
        """
        if name not in CRITERIA.ids():
            raise KeyError(name)
        return CRITERIA.load(name)

    def __iter__(self) -> Iterator[str]:
        """Their ids."""
        return iter(CRITERIA.ids())

    def __len__(self) -> int:
        """How many there are."""
        return len(CRITERIA.ids())


def scheme_ids() -> dict[str, str]:
    """Which scheme an ecosystem uses: ecosystem without release -> scheme id; imports none of them."""
    return {ecosystem: id_ for id_, entry in SCHEMES.index().items() for ecosystem in entry["ecosystems"]}


def scheme_of(ecosystem: str) -> Scheme | None:
    """The scheme of an ecosystem (``Debian:12`` as ``Debian``), or None when none is known."""
    found = scheme_ids().get(ordering(ecosystem))
    return SCHEMES.load(found) if found else None
