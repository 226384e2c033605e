"""What the advisories of PEAR's packages are asked."""

from collections.abc import Iterator
from typing import Final

from oakum.findings.matcher import Answer, left_to_owner, matcher
from oakum.model.advisory import AdvisoryKey
from oakum.model.ecosystems import normalised
from oakum.model.fact import Distribution, Gap
from oakum.model.gaps import NO_ADVISORY_DATA
from oakum.model.inventory import Installed

_PACKAGIST: Final = "Packagist"
_PEAR: Final = "pear.php.net"


@matcher(types=("pear",), version=1)
def pear(installed: Installed, distribution: Distribution | None) -> Iterator[Answer]:
    """PHP packages of PEAR, as Packagist's advisories name them.

    PEAR publishes its packages on Packagist too, as vendor ``pear`` with the same names and versions (``Archive_Tar``
    is ``pear/archive_tar``), and advisories speak of these. Of extensions from PECL and of packages from other channels
    none do, which is unknown and not clean. One that a distribution's package owns follows its advisories.
    """
    del distribution  # a language's packages are the same on every distribution
    if installed.owner:
        yield left_to_owner(installed)
        return
    channel, _, name = installed.package.name.rpartition("/")
    if channel == _PEAR and name:
        yield AdvisoryKey(_PACKAGIST, normalised(_PACKAGIST, f"pear/{name}"), installed.package.version)
        return
    yield Gap(
        NO_ADVISORY_DATA, f"no advisories speak of packages from {channel or 'no channel'}", installed.package.path
    )
