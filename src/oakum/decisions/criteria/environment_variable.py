"""The criterion ``environment_variable``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def environment_variable(asked: Matches) -> SubjectTest:
    """The image, or a container, sets an environment variable of this name; values are never looked at."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        workload = subject.workload.containers if subject.workload else ()
        said = [config.environment if config else None, *(container.environment for container in workload)]
        names = [name for one in said if one is not None for name in one]
        if any(wanted(name) for name in names if name != "*"):
            return True
        return None if None in said or "*" in names else False

    return test
