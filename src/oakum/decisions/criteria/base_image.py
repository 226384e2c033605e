"""The criterion ``base_image``."""

from typing import Final

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject

NAME: Final = "org.opencontainers.image.base.name"
"""The label that names the base (OCI image specification, annotations)."""


@criterion(level=SUBJECT, asked=Matches, version=1)
def base_image(asked: Matches) -> SubjectTest:
    """The image is built on one of these, as its label says; without the label the base is unknown."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        name = config.labels.get(NAME, "") if config else ""
        return wanted(name) if name else None

    return test
