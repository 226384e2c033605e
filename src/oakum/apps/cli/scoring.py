"""From the words of ``cvss`` to its answer."""

from oakum.apps.cli.batch import ERROR, run_batch
from oakum.intel.severity_words import score_of
from oakum.kit.errors import UnreadableError

_KINDS = (("CVSS:4.0/", "CVSS_V4"), ("CVSS:3.1/", "CVSS_V3"), ("CVSS:3.0/", "CVSS_V3"), ("AV:", "CVSS_V2"))
_LONGEST = 300


def run_cvss(vector: str) -> int:
    """Print the score of a vector.

    Raises:
        UnreadableError: it is no CVSS vector.
    """
    score = _score(vector.strip())
    if score == ERROR:
        raise UnreadableError(f"{vector[:80]!r} is no CVSS vector", hint="versions 2.0, 3.0, 3.1 and 4.0 are known")
    print(score)  # noqa: T201 - the document of this command
    return 0


def run_cvss_batch() -> int:
    """Answer each line of standard input, a vector, with its score."""
    return run_batch(lambda line: _score(line.strip()))


def _score(vector: str) -> str:
    kind = next((kind for start, kind in _KINDS if vector.startswith(start)), "")
    score = score_of(kind, vector) if kind and len(vector) <= _LONGEST and vector.isascii() else None
    return ERROR if score is None else f"{score:.1f}"
