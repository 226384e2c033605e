"""The criterion ``scan_age``."""

from datetime import datetime

from oakum.decisions.ages import older
from oakum.decisions.asked import Days
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Days, version=1, timed=True, of_image=True)
def scan_age(asked: Days, now: datetime) -> SubjectTest:
    """The image was read at least so many days ago; one that nobody read has no age (see ``unscanned``)."""
    today = now.date()

    def test(subject: Subject) -> bool | None:
        return older(subject.scanned, asked.days, today)

    return test
