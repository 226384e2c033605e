"""The criterion ``base_image``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.decisions.trust import BASE
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def base_image(asked: Matches) -> SubjectTest:
    """The image is built on one of these, as its label says; without the label the base is unknown."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        name = config.labels.get(BASE, "") if config else ""
        return wanted(name) if name else None

    return test
