"""The criterion ``cvss``."""

from typing import Annotated

from msgspec import Meta, Struct

from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding


class Score(Struct, frozen=True, forbid_unknown_fields=True):
    """``at_least``: the least base score that counts, 0 to 10."""

    at_least: Annotated[float, Meta(ge=0, le=10)]


@criterion(level=FINDING, asked=Score, version=1)
def cvss(asked: Score) -> FindingTest:
    """A finding has at least this CVSS base score; one without a vector is unknown."""

    def test(finding: Finding) -> bool | None:
        score = finding.severity.score
        return None if score is None else score >= asked.at_least

    return test
