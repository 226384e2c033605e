"""The criterion ``tag``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.decisions.names import references, tag_of
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def tag(asked: Matches) -> SubjectTest:
    """An image is asked for by a tag like this; one without tag and digest is ``latest``."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        tags = [tag_of(name) for name in references(subject)]
        return any(wanted(one) for one in tags if one) if tags else None

    return test
