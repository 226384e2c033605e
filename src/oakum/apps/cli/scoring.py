"""From the words of ``cvss`` to its answer."""

from typing import Final

from oakum.apps.cli.batch import ERROR, run_batch
from oakum.intel.severity_words import score_of
from oakum.kit.errors import UnreadableError

_KINDS: Final = {"CVSS:4.0": "CVSS_V4", "CVSS:3.1": "CVSS_V3", "CVSS:3.0": "CVSS_V3"}
_LONGEST: Final = 300
_NAMES: Final = (
    *("AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA", "E", "CR", "IR", "AR"),
    *("MAV", "MAC", "MAT", "MPR", "MUI", "MVC", "MVI", "MVA", "MSC", "MSI", "MSA", "S", "AU", "R", "V", "RE", "U"),
)
"""The metrics of CVSS 4.0 in the only order that is valid (specification 4.0, section 7, Table 23)."""
_PLACES: Final = {name: place for place, name in enumerate(_NAMES)}


def run_cvss(vector: str) -> int:
    """Print the score of a vector.

    Raises:
        UnreadableError: it is no CVSS vector.
    """
    score = _score(vector)
    if score == ERROR:
        raise UnreadableError(f"{vector[:80]!r} is no CVSS vector", hint="versions 2.0, 3.0, 3.1 and 4.0 are known")
    print(score)  # noqa: T201 - the document of this command
    return 0


def run_cvss_batch() -> int:
    """Answer each line of standard input, a vector, with its score."""
    return run_batch(_score)


def _score(vector: str) -> str:
    """The score as a batch prints it; a vector is held to its specification to the letter."""
    if len(vector) > _LONGEST or not vector.isascii():
        return ERROR
    label, _, metrics = vector.partition("/")
    kind = _KINDS.get(label, "" if label.startswith("CVSS") else "CVSS_V2")
    if not kind or (kind == "CVSS_V4" and not _is_in_order(metrics)):
        return ERROR
    score = score_of(kind, vector)
    return ERROR if score is None else f"{score:.1f}"


def _is_in_order(metrics: str) -> bool:
    places = [_PLACES.get(metric.partition(":")[0], -1) for metric in metrics.split("/")]
    return -1 not in places and places == sorted(places)
