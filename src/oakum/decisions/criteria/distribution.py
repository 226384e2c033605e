"""The criterion ``distribution``."""

from msgspec import UNSET, Struct, UnsetType

from oakum.decisions.asked import Globs
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.model.subject import Subject


class Wanted(Struct, frozen=True, forbid_unknown_fields=True):
    """``ids``: globs of ``ID`` of os-release; ``versions``: globs of ``VERSION_ID``, or any."""

    ids: Globs
    versions: Globs | UnsetType = UNSET


@criterion(level=SUBJECT, asked=Wanted, version=1, of_image=True)
def distribution(asked: Wanted) -> SubjectTest:
    """The image is made of this distribution; one without os-release is of none that is known."""
    ids = fits(asked.ids)
    versions = None if asked.versions is UNSET else fits(asked.versions)

    def test(subject: Subject) -> bool | None:
        found = subject.inventory.distribution if subject.inventory else None
        if found is None:
            return None
        return ids(found.id) and (versions is None or versions(found.version))

    return test
