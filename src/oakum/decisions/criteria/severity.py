"""The criterion ``severity``."""

from typing import Literal

from msgspec import Struct

from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding
from oakum.model.severity import ORDER


class AtLeast(Struct, frozen=True, forbid_unknown_fields=True):
    """``at_least``: the least rating that counts."""

    at_least: Literal["critical", "high", "medium", "low", "negligible"]


@criterion(level=FINDING, asked=AtLeast, version=1)
def severity(asked: AtLeast) -> FindingTest:
    """A finding is rated at least this bad.

    What nobody rated is unknown here, never low.
    """
    floor = ORDER.index(asked.at_least)

    def test(finding: Finding) -> bool | None:
        rank = finding.severity.rank
        return None if rank == 0 else rank >= floor

    return test
