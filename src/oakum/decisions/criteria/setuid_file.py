"""The criterion ``setuid_file``."""

from typing import Annotated

from msgspec import Meta, Struct

from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.files import special
from oakum.model.subject import Subject


class Unusual(Struct, frozen=True, forbid_unknown_fields=True):
    """``but``: globs of paths that may have the bit."""

    but: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=1000)], ...], Meta(max_length=1000)] = ()


@criterion(level=SUBJECT, asked=Unusual, version=1, of_image=True)
def setuid_file(asked: Unusual) -> SubjectTest:
    """A program of the image runs as its owner or group, whoever starts it (setuid, setgid).

    Where the target says nothing of modes, as an SBOM, that is unknown.
    """

    def test(subject: Subject) -> bool | None:
        found = special(subject, asked.but)
        return None if found is None else bool(found)

    return test
