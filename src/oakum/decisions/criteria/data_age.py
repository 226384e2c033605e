"""The criterion ``data_age``."""

from datetime import datetime

from oakum.decisions.ages import older
from oakum.decisions.asked import Days
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Days, version=1, timed=True, of_image=True)
def data_age(asked: Days, now: datetime) -> SubjectTest:
    """The advisories were last what their sources have at least so many days ago."""
    today = now.date()

    def test(subject: Subject) -> bool | None:
        return older(subject.data, asked.days, today)

    return test
