"""The criterion ``image_reference``."""

import re

from msgspec import Struct

from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import expression
from oakum.model.subject import Subject


class Matches(Struct, frozen=True, forbid_unknown_fields=True):
    """``matches``: globs; one of them is enough. ``*`` does not cross a slash, ``**`` does."""

    matches: tuple[str, ...]


@criterion(level=SUBJECT, asked=Matches, version=1)
def image_reference(asked: Matches) -> SubjectTest:
    """The image is named like one of these."""
    fits = [re.compile(expression(glob), re.DOTALL).fullmatch for glob in asked.matches]

    def test(subject: Subject) -> bool | None:
        names = references(subject)
        if not names:
            return None
        return any(fit(name) for fit in fits for name in names)

    return test


def references(subject: Subject) -> tuple[str, ...]:
    """Every name that the images of a subject bear."""
    stated = [container.image for container in subject.workload.containers] if subject.workload else []
    artifact = subject.artifact
    own = (*artifact.names, artifact.reference.partition(":")[2] or artifact.reference) if artifact else ()
    return tuple(dict.fromkeys(name for name in (*stated, *own) if name))
