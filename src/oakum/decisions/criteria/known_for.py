"""The criterion ``known_for``."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding


class Days(Struct, frozen=True, forbid_unknown_fields=True):
    """``days``: how many must have passed."""

    days: Annotated[int, Meta(ge=0, le=36_500)]


@criterion(level=FINDING, asked=Days, version=1, timed=True)
def known_for(asked: Days, now: datetime) -> FindingTest:
    """A finding has been published for at least so many days.

    Counted from the day of its record, since no source says when a fix came out. A record without a day is unknown.
    """
    today = now.date()

    def test(finding: Finding) -> bool | None:
        try:
            return (today - date.fromisoformat(finding.published[:10])).days >= asked.days
        except ValueError:
            return None

    return test
