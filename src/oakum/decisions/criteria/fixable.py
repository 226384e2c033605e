"""The criterion ``fixable``."""

from oakum.decisions.criterion import FINDING, FindingTest, Nothing, criterion
from oakum.model.finding import Finding


@criterion(level=FINDING, version=1)
def fixable(asked: Nothing) -> FindingTest:
    """A finding has a version that mends it."""
    del asked

    def test(finding: Finding) -> bool | None:
        return bool(finding.fixed_versions)

    return test
