"""The criterion ``layer_count``."""

from oakum.decisions.asked import MoreThan
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=MoreThan, version=1, of_image=True)
def layer_count(asked: MoreThan) -> SubjectTest:
    """The image has more than so many layers."""

    def test(subject: Subject) -> bool | None:
        layers = subject.artifact.layers if subject.artifact else ()
        return len(layers) > asked.more_than if layers else None

    return test
