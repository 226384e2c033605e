"""The criterion ``unscanned``."""

from oakum.decisions.criterion import SUBJECT, Nothing, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, version=1, of_image=True)
def unscanned(asked: Nothing) -> SubjectTest:
    """Nobody has looked into the image, or nobody has matched what is in it."""
    del asked

    def test(subject: Subject) -> bool | None:
        return subject.inventory is None or subject.findings is None

    return test
