"""The criterion ``image_age``."""

from datetime import datetime

from oakum.decisions.ages import older
from oakum.decisions.asked import Days
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Days, version=1, timed=True, of_image=True)
def image_age(asked: Days, now: datetime) -> SubjectTest:
    """The image was built at least so many days ago, as it says itself.

    An image that says nothing is unknown, and so is one that claims to be from the future or from 1970: builds that
    are to be the same every time write a time that is none.
    """
    today = now.date()

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        if config is None or config.created < "1971":
            return None
        return older(config.created, asked.days, today)

    return test
