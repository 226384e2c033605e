"""What a distribution's advisories are asked."""

from collections.abc import Iterator

from oakum.findings.matcher import Answer, matcher
from oakum.model.advisory import AdvisoryKey
from oakum.model.distributions import release_ecosystem
from oakum.model.fact import Distribution
from oakum.model.inventory import Installed


@matcher(types=("deb", "apk"), version=1)
def distro(installed: Installed, distribution: Distribution | None) -> Iterator[Answer]:
    """Distribution packages, by source package and source version.

    A distribution mends its source packages and says so by source name and source version,
    back-ported fixes included; a binary package may bear another name and another version. A
    release without advisories is one gap for the whole artifact, which ``findings.coverage`` states.
    """
    ecosystem = release_ecosystem(distribution) if distribution else None
    if ecosystem is None:
        return
    source = installed.package.source
    if source is None:
        yield AdvisoryKey(ecosystem, installed.package.name, installed.package.version)
    else:
        yield AdvisoryKey(ecosystem, source.name, source.version or installed.package.version)
