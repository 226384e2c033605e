"""The criterion ``service_account``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def service_account(asked: Matches) -> SubjectTest:
    """The workload runs as one of these Kubernetes service accounts.

    One that names none runs as ``default``.
    """
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        if subject.workload is None or subject.workload.kind == "docker":
            return None
        return wanted(subject.workload.account or "default")

    return test
