"""The criterion ``platform``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def platform(asked: Matches) -> SubjectTest:
    """The image is for one of these platforms: ``linux/amd64``, ``linux/arm64/*``."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        said = subject.artifact.platform if subject.artifact else ""
        return wanted(said) if said else None

    return test
