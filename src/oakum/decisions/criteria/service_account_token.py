"""The criterion ``service_account_token``."""

from oakum.decisions.criterion import SUBJECT, Nothing, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, version=1)
def service_account_token(asked: Nothing) -> SubjectTest:
    """A token for the Kubernetes API lies in the containers, for whoever gets into one."""
    del asked

    def test(subject: Subject) -> bool | None:
        return subject.workload.token if subject.workload else None

    return test
