"""The criterion ``image_size``."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject

_MEGABYTE: Final = 1_000_000


class Size(Struct, frozen=True, forbid_unknown_fields=True):
    """``more_than``: megabytes (a million bytes) that must be passed."""

    more_than: Annotated[int, Meta(ge=0)]


@criterion(level=SUBJECT, asked=Size, version=1, of_image=True)
def image_size(asked: Size) -> SubjectTest:
    """The layers are larger than this together, as they are stored."""

    def test(subject: Subject) -> bool | None:
        sizes = [layer.size for layer in subject.artifact.layers] if subject.artifact else []
        return sum(sizes) > asked.more_than * _MEGABYTE if sizes and all(sizes) else None

    return test
