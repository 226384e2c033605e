"""The criterion ``differs_from_image``."""

from typing import Literal

from msgspec import Struct

from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject


class What(Struct, frozen=True, forbid_unknown_fields=True):
    """``what``: ``file``: any file; ``package``: an installed or changed package."""

    what: Literal["file", "package"] = "file"


@criterion(level=SUBJECT, asked=What, version=1)
def differs_from_image(asked: What) -> SubjectTest:
    """A running container is not what its image is any more."""

    def test(subject: Subject) -> bool | None:
        if subject.changes is None:
            return None
        return any(asked.what == "file" or change.package for change in subject.changes)

    return test
