"""The criterion ``image_reference``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.decisions.names import references
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def image_reference(asked: Matches) -> SubjectTest:
    """The image is named like one of these."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        names = references(subject)
        return any(wanted(name) for name in names) if names else None

    return test
