"""The criterion ``rejected``."""

from oakum.decisions.criterion import FINDING, FindingTest, Nothing, criterion
from oakum.model.finding import Finding


@criterion(level=FINDING, version=1)
def rejected(asked: Nothing) -> FindingTest:
    """The CVE list withdrew a finding's id, while the source of its advisory stands by it."""
    del asked

    def test(finding: Finding) -> bool | None:
        return bool(finding.rejected)

    return test
