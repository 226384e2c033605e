"""The criterion ``weakness``."""

from typing import Annotated

from msgspec import Meta, Struct

from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding

Cwe = Annotated[str, Meta(pattern=r"^CWE-[0-9]{1,6}$")]


class Kinds(Struct, frozen=True, forbid_unknown_fields=True):
    """``ids``: kinds of weakness as MITRE numbers them, ``CWE-502``."""

    ids: Annotated[tuple[Cwe, ...], Meta(min_length=1)]


@criterion(level=FINDING, asked=Kinds, version=1)
def weakness(asked: Kinds) -> FindingTest:
    """A finding is a weakness of one of these kinds; one whose record names no kind is unknown."""
    wanted = frozenset(asked.ids)

    def test(finding: Finding) -> bool | None:
        return not wanted.isdisjoint(finding.cwes) if finding.cwes else None

    return test
