"""The criterion ``label``."""

from msgspec import UNSET, Struct, UnsetType

from oakum.decisions.asked import Globs
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


class Label(Struct, frozen=True, forbid_unknown_fields=True):
    """``name``: of the label; ``matches``: globs of its value, or any."""

    name: str
    matches: Globs | UnsetType = UNSET


@criterion(level=SUBJECT, asked=Label, version=1, of_image=True)
def label(asked: Label) -> SubjectTest:
    """The image bears a label, with one of these values where some are named."""
    wanted = None if asked.matches is UNSET else fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        if config is None:
            return None
        value = config.labels.get(asked.name)
        return value is not None and (wanted is None or wanted(value))

    return test
