"""The criterion ``known_for``."""

import re
from datetime import date, datetime
from typing import Final

from oakum.decisions.asked import Days
from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding

_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])").fullmatch


@criterion(level=FINDING, asked=Days, version=2, timed=True)
def known_for(asked: Days, now: datetime) -> FindingTest:
    """A finding has been published for at least so many days.

    Counted from the day of its record, since no source says when a fix came out. A record without a day is unknown.
    """
    day = date.fromordinal(max(1, now.date().toordinal() - asked.days)).isoformat()

    def test(finding: Finding) -> bool | None:
        said = finding.published[:10]
        return said <= day if _DAY(said) else None

    return test
