"""The criterion ``unscored``."""

from oakum.decisions.criterion import FINDING, FindingTest, Nothing, criterion
from oakum.model.finding import Finding


@criterion(level=FINDING, version=1)
def unscored(asked: Nothing) -> FindingTest:
    """A finding is one that nobody rated, which does not make it harmless."""
    del asked

    def test(finding: Finding) -> bool | None:
        return finding.severity.rank == 0

    return test
