"""The criterion ``volume_declared``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def volume_declared(asked: Matches) -> SubjectTest:
    """The image declares a path as a volume, which then escapes what is said of its root file system."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        return None if config is None else any(wanted(path) for path in config.volumes)

    return test
