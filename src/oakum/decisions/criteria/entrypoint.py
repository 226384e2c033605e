"""The criterion ``entrypoint``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def entrypoint(asked: Matches) -> SubjectTest:
    """The image starts like this: entry point and command, joined by blanks: ``**/sshd**``."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        return None if config is None else wanted(" ".join((*config.entrypoint, *config.command)))

    return test
