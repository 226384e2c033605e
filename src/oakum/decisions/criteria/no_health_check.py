"""The criterion ``no_health_check``."""

from oakum.decisions.criterion import SUBJECT, Nothing, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, version=1)
def no_health_check(asked: Nothing) -> SubjectTest:
    """Nothing says how to tell whether it works.

    The image has no HEALTHCHECK, and some container has no probe.
    """
    del asked

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        if subject.workload is None:
            return None if config is None else not config.health
        asked_of = [one for one in subject.workload.containers if one.kind == "container" and not one.probes]
        if not asked_of:
            return False
        return None if config is None or None in {one.probes for one in asked_of} else not config.health

    return test
