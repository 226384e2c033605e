"""The criterion ``advisory_source``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.decisions.globs import fits
from oakum.model.finding import Finding


@criterion(level=FINDING, asked=Matches, version=1)
def advisory_source(asked: Matches) -> FindingTest:
    """A finding rests on an advisory of one of these sources, ``osv:Debian``."""
    wanted = fits(asked.matches)

    def test(finding: Finding) -> bool | None:
        return any(wanted(one.source) for one in finding.evidence)

    return test
