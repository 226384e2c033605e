"""The criterion ``asked_by``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def asked_by(asked: Matches) -> SubjectTest:
    """Somebody like this asks for the workload: ``kubernetes:system:serviceaccount:ci:*``, ``tls:alice``."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        who = subject.workload.asked_by if subject.workload else ""
        return wanted(who) if who else None

    return test
