"""What the advisories of packages without an ecosystem are asked."""

from collections.abc import Iterator

from oakum.findings.matcher import Answer, matcher
from oakum.model.fact import Distribution, Gap
from oakum.model.finding import Suppressed
from oakum.model.gaps import NO_ADVISORY_DATA
from oakum.model.inventory import Installed


@matcher(types=("generic",), version=1)
def generic(installed: Installed, distribution: Distribution | None) -> Iterator[Answer]:
    """Programs that belong to no ecosystem, such as Java's runtime.

    One that a distribution's package owns follows the distribution's advisories. Of any other no advisories
    are known that speak of it, which is unknown and not clean.
    """
    del distribution  # what has no ecosystem has none on any distribution
    if installed.owner:
        yield Suppressed(installed, f"belongs to {installed.owner}: the distribution's advisories speak for it")
        return
    yield Gap(NO_ADVISORY_DATA, "nothing judges packages of the type generic", installed.package.path)
