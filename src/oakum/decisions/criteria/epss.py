"""The criterion ``epss``."""

from typing import Annotated

from msgspec import Meta, Struct

from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding


class Probability(Struct, frozen=True, forbid_unknown_fields=True):
    """``at_least``: the least probability that counts, 0 to 1."""

    at_least: Annotated[float, Meta(ge=0, le=1)]


@criterion(level=FINDING, asked=Probability, version=1)
def epss(asked: Probability) -> FindingTest:
    """A finding is this likely to be exploited within 30 days (FIRST EPSS).

    One without a score is unknown.
    """

    def test(finding: Finding) -> bool | None:
        probability = finding.exploited.epss
        return None if probability is None else probability >= asked.at_least

    return test
