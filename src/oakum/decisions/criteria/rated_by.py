"""The criterion ``rated_by``."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding


class Origins(Struct, frozen=True, forbid_unknown_fields=True):
    """``any_of``: ``source`` (its own word), ``cvss`` (its vector), ``cna``, ``adp``."""

    any_of: Annotated[tuple[Literal["source", "cvss", "cna", "adp"], ...], Meta(min_length=1)]


@criterion(level=FINDING, asked=Origins, version=1)
def rated_by(asked: Origins) -> FindingTest:
    """The rating of a finding was taken from one of these; of an unscored one it was taken from none."""

    def test(finding: Finding) -> bool | None:
        return finding.severity.origin in asked.any_of

    return test
