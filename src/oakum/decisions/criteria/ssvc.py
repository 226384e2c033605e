"""The criterion ``ssvc``."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from oakum.decisions.criterion import FINDING, FindingTest, criterion
from oakum.model.finding import Finding


class Points(Struct, frozen=True, forbid_unknown_fields=True):
    """``exploitation``, ``automatable``, ``impact``: answers that CISA gave; every one that is named must be so."""

    exploitation: Literal["none", "poc", "active"] | UnsetType = UNSET
    automatable: bool | UnsetType = UNSET
    impact: Literal["partial", "total"] | UnsetType = UNSET


@criterion(level=FINDING, asked=Points, version=1)
def ssvc(asked: Points) -> FindingTest:
    """CISA answered its decision tree (SSVC) so for a finding; one that it did not look at is unknown."""
    wanted = {
        "exploitation": asked.exploitation,
        "automatable": asked.automatable if asked.automatable is UNSET else "yes" if asked.automatable else "no",
        "impact": asked.impact,
    }
    named = [(name, value) for name, value in wanted.items() if value is not UNSET]

    def test(finding: Finding) -> bool | None:
        said = [getattr(finding.ssvc, name, "") for name, _ in named]
        if any(one and one != value for one, (_, value) in zip(said, named, strict=True)):
            return False
        return True if all(said) and said else None

    return test
