"""The kind of plug-in that a policy's condition is made of: one thing that can hold, or not, or be unknown.

A criterion gets its parameters once and gives a test, which is then asked about every
candidate of its level: each finding, each package, each container, or the subject as a whole.
A test answers True, False, or None: what cannot be known is not false. A test of the subject may answer ``Failed`` as
well, where it cannot be computed; a policy that rests on it does not let pass.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from oakum.decisions.answers import Said
from oakum.model.finding import Finding
from oakum.model.inventory import Installed
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec

FINDING: Final = "finding"
PACKAGE: Final = "package"
CONTAINER: Final = "container"
SUBJECT: Final = "subject"
"""The levels: what a test is asked about. A finding has its package, so tests of packages fit findings too."""

FindingTest = Callable[[Finding], bool | None]
PackageTest = Callable[[Installed], bool | None]
ContainerTest = Callable[[ContainerSpec], bool | None]
SubjectTest = Callable[[Subject], Said]
Test = FindingTest | PackageTest | ContainerTest | SubjectTest

Make = Callable[..., Test]
"""Parameters -> test; a timed criterion is also given the moment that ages are counted to."""


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of a criterion that has none."""


class Criterion(Struct, frozen=True):
    """A decorated criterion.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes of its answers.
        level: what its test is asked about.
        asked: the struct of its parameters.
        make: parameters -> test.
        timed: its answer depends on the day, so that ``make`` is given the moment as well.
        whole: its answer may rest on several findings or packages together, so that no upgrade of one can be said to
            change it.
        of_image: of the level ``subject``, it asks only what is known of the image: nothing of the workload, its
            changes, its place or the stage. Its answer is kept for every workload of the image.
    """

    id: str
    title: str
    version: int
    level: str
    asked: type[Struct]
    make: Make
    timed: bool = False
    whole: bool = False
    of_image: bool = False


def criterion(
    *,
    level: str,
    asked: type[Struct] = Nothing,
    version: int,
    timed: bool = False,
    whole: bool = False,
    of_image: bool = False,
) -> Callable[[Make], Criterion]:
    """Declare a criterion: a function from its parameters to a test of its level."""

    def declare(make: Make) -> Criterion:
        title = (make.__doc__ or "").strip().split("\n", 1)[0]
        return Criterion(make.__name__, title, version, level, asked, make, timed, whole, of_image)

    return declare
