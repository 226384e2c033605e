"""The kind of plug-in that says what to ask the advisories about an installed package.

A matcher is pure: it sees one package and its distribution, and answers with questions,
with a reason why the package is not asked about, or with a gap. Comparing versions is
not its work: ``findings.match`` does that in one way for all.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Distribution, Gap
from oakum.model.finding import Suppressed
from oakum.model.inventory import Installed

Answer = AdvisoryKey | Suppressed | Gap
Ask = Callable[[Installed, Distribution | None], Iterator[Answer]]


class Matcher(Struct, frozen=True):
    """A decorated matcher.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes of what it asks.
        types: the purl types that it answers for.
        ask: the function.
    """

    id: str
    title: str
    version: int
    types: tuple[str, ...]
    ask: Ask


def matcher(*, types: tuple[str, ...], version: int) -> Callable[[Ask], Matcher]:
    """Declare a matcher for packages of these purl types."""

    def declare(ask: Ask) -> Matcher:
        title = (ask.__doc__ or "").strip().split("\n", 1)[0]
        return Matcher(ask.__name__, title, version, types, ask)

    return declare


def left_to_owner(installed: Installed) -> Suppressed:
    """The answer for a package that a distribution's package owns: it is mended under versions of its own."""
    return Suppressed(installed, f"belongs to {installed.owner}: the distribution's advisories speak for it")
