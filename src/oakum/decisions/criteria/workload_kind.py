"""The criterion ``workload_kind``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def workload_kind(asked: Matches) -> SubjectTest:
    """The workload is of one of these kinds: ``Pod``, ``Deployment``, ``docker``."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        return wanted(subject.workload.kind) if subject.workload else None

    return test
