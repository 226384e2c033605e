"""How bad an OSV record says a vulnerability is: its own word first, then its CVSS vector."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from oakum.kit import limits
from oakum.model.severity import Severity, rating_of_score

WORDS: Final = {
    "critical": "critical",
    "high": "high",
    "important": "high",
    "medium": "medium",
    "moderate": "medium",
    "low": "low",
    "minor": "low",
    "negligible": "negligible",
    "unimportant": "negligible",
    "none": "negligible",
}
"""The sources' words for our ratings; any other word (``unknown``) rates nothing."""

_SCHEMES: Final = ("CVSS_V4", "CVSS_V3", "CVSS_V2")
_WORST: Final = 10.0


def severity(
    words: Iterable[Any], vectors: Iterable[tuple[str, str]], numbers: Iterable[Any], summary: str = ""
) -> Severity:
    """The rating of a record, with its origin.

    Args:
        words: what may be the source's own rating, the nearest to the package first.
        vectors: pairs of CVSS type and vector (OSV schema, ``severity``).
        numbers: base scores that a source gives without a vector, newest CVSS first.
        summary: AlmaLinux says its rating in the summary alone (``Important: ...``).
    """
    vector, score = _best_vector(vectors)
    if score is None:
        score = next((found for found in map(_number, numbers) if found is not None), None)
    for word in (*words, summary.split(":", 1)[0] if ":" in summary else ""):
        rating = WORDS.get(word.strip().lower()) if isinstance(word, str) else None
        if rating:
            return Severity(rating, "source", score, vector)
    return Severity() if score is None else Severity(rating_of_score(score), "cvss", score, vector)


def _best_vector(vectors: Iterable[tuple[str, str]]) -> tuple[str, float | None]:
    found = {kind: vector for kind, vector in vectors if len(vector) <= limits.VECTOR_CHARACTERS}
    for kind in _SCHEMES:
        score = score_of(kind, found[kind]) if kind in found else None
        if score is not None:
            return found[kind], score
    return "", None


@lru_cache(maxsize=50_000)
def score_of(kind: str, vector: str) -> float | None:
    """The base score of a CVSS vector, or None when it is no vector of that kind."""
    import cvss  # noqa: PLC0415 - only a build of a database computes scores

    reader = {"CVSS_V4": cvss.CVSS4, "CVSS_V3": cvss.CVSS3, "CVSS_V2": cvss.CVSS2}[kind]
    try:
        return float(reader(vector).scores()[0])
    except (cvss.exceptions.CVSSError, ValueError, ArithmeticError, LookupError):
        return None


def _number(value: object) -> float | None:
    try:
        score = float(str(value))
    except ValueError:
        return None
    return score if 0.0 <= score <= _WORST else None
