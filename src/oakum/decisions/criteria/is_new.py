"""The criterion ``is_new``."""

from oakum.decisions.criterion import FINDING, FindingTest, Nothing, criterion
from oakum.model.finding import Finding


@criterion(level=FINDING, version=1)
def is_new(asked: Nothing) -> FindingTest:
    """A finding is not in the baseline that the artifact is held against; without one that is unknown."""
    del asked

    def test(finding: Finding) -> bool | None:
        return None if finding.in_baseline is None else not finding.in_baseline

    return test
