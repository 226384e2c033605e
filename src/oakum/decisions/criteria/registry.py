"""The criterion ``registry``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.globs import fits
from oakum.decisions.names import references, registry_of
from oakum.model.subject import Subject


@criterion(level=SUBJECT, asked=Matches, version=1)
def registry(asked: Matches) -> SubjectTest:
    """Every name of the image is one of a registry like these: host, with port where there is one."""
    wanted = fits(asked.matches)

    def test(subject: Subject) -> bool | None:
        names = references(subject)
        return all(wanted(registry_of(name)) for name in names) if names else None

    return test
