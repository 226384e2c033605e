"""How bad a vulnerability is, and who said so."""

from typing import Final

from msgspec import Struct

ORDER: Final = ("unscored", "negligible", "low", "medium", "high", "critical")
"""From the least to the worst; ``unscored`` is a state of its own, never read as low."""

_FLOORS: Final = ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.1, "low"), (0.0, "negligible"))


class Severity(Struct, frozen=True, array_like=True):
    """A rating with its origin.

    Attributes:
        rating: one of ``ORDER``.
        origin: who rated: ``source`` (the advisory's own word), ``cvss`` (from the advisory's vector), ``cna`` (the CVE
            record's authority), ``adp`` (CISA in the CVE record), or empty.
        score: CVSS base score, 0.0 to 10.0, where there is a vector.
        vector: the CVSS vector as the source has it.
    """

    rating: str = "unscored"
    origin: str = ""
    score: float | None = None
    vector: str = ""

    @property
    def rank(self) -> int:
        """Position in ``ORDER``, for sorting."""
        return ORDER.index(self.rating)


class Rating(Struct, frozen=True):
    """What one party says of a vulnerability.

    Attributes:
        severity: its rating, with score and vector where it gives them.
        by: who said it: the advisory and its source, the CNA's name, ``CISA-ADP``.
    """

    severity: Severity
    by: str


def rating_of_score(score: float) -> str:
    """The rating of a CVSS score (FIRST, CVSS v3.1 specification, section 5; 0.0 is ``negligible``)."""
    return next(rating for floor, rating in _FLOORS if score >= floor)
