"""The criterion ``trusted``."""

from oakum.decisions.criterion import SUBJECT, Nothing, SubjectTest, criterion
from oakum.decisions.trust import verdict
from oakum.model.subject import Subject


@criterion(level=SUBJECT, version=1, of_image=True)
def trusted(asked: Nothing) -> SubjectTest:
    """The trust rules trust the image: a rule speaks of it, and everything that the rule wants holds.

    That is where it lies, who signed it, what is attested, what it is built on, and that it was read. Where nobody
    looked, or something the rule wants is not known, that is unknown.
    """
    del asked

    def test(subject: Subject) -> bool | None:
        return verdict(subject).trusted

    return test
