"""The criterion ``changed_path``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def changed_path(asked: Matches) -> SubjectTest:
    """A running container changed a file like this of its image: ``etc/passwd``, ``usr/**``."""
    wanted = fits(glob.lstrip("/") for glob in asked.matches)

    def test(subject: Subject) -> bool | None:
        if subject.changes is None:
            return None
        return any(wanted(change.path.lstrip("/")) for change in subject.changes)

    return test
