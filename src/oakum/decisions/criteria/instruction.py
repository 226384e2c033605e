"""The criterion ``instruction``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1, of_image=True)
def instruction(asked: Matches) -> SubjectTest:
    """An instruction of the build reads like this, white space joined: ``ADD http**``.

    An image whose history does not fit its layers says nothing of what made it.
    """
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        layers = subject.artifact.layers if subject.artifact else ()
        said = [" ".join(layer.instruction.split()) for layer in layers]
        if any(wanted(one) for one in said if one):
            return True
        return None if not said or "" in said else False

    return test
