"""The criterion ``file_present``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.files import present
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def file_present(asked: Matches) -> SubjectTest:
    """The image holds a file at one of these paths, when all its layers are put together.

    Paths are globs from the root. A gate looks for what its policies ask for; where nobody looked, as in an image that
    was read before the policy was there, or in a folder of a machine, that is unknown.
    """

    def test(subject: Subject) -> bool | None:
        found = present(subject, asked.matches)
        return None if found is None else bool(found)

    return test
