"""The criterion ``coverage_gap``."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject

Kind = Literal[
    "damaged-layer",
    "end-of-life",
    "fixed-only-data",
    "left-out",
    "limit",
    "no-advisory-data",
    "no-database",
    "no-distribution",
    "not-followed",
    "not-kept",
    "old-data",
    "parser-ended",
    "starter-data",
    "uncomparable-version",
    "unconfined",
    "unidentified-package",
    "unreadable-file",
    "unsupported-distribution",
]


class Kinds(Struct, frozen=True, forbid_unknown_fields=True):
    """``any_of``: kinds of gaps (docs/reference/gaps.md)."""

    any_of: Annotated[tuple[Kind, ...], Meta(min_length=1)]


@criterion(level=SUBJECT, asked=Kinds, version=1, of_image=True)
def coverage_gap(asked: Kinds) -> SubjectTest:
    """Something of these kinds is unknown of the image; where nobody scanned it, all of it is."""
    wanted = frozenset(asked.any_of)

    def test(subject: Subject) -> bool | None:
        if any(gap.kind in wanted for gap in subject.gaps):
            return True
        return None if subject.inventory is None else False

    return test
