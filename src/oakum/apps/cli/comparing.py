"""From the words of ``version-compare`` to its answer."""

from oakum.apps.cli.batch import ERROR, run_batch
from oakum.flows.kinds import scheme_ids, scheme_of
from oakum.kit.errors import UsageError
from oakum.model.scheme import Scheme, VersionError

_FIELDS = 3
_KEPT = 1_000


def run_compare(ecosystem: str, left: str, right: str) -> int:
    """Print the order of two versions.

    Raises:
        UsageError: the ecosystem has no version scheme.
        VersionError: one of the versions is none.
    """
    scheme = scheme_of(ecosystem)
    if scheme is None:
        known = ", ".join(sorted(scheme_ids()))
        raise UsageError(f"no order is known for the ecosystem {ecosystem[:80]!r}", hint=f"there are: {known}")
    print(scheme.compare(left, right))  # noqa: T201 - the document of this command
    return 0


def run_compare_batch() -> int:
    """Answer each line ``ECOSYSTEM<TAB>A<TAB>B`` of standard input."""
    known: dict[str, Scheme | None] = {}

    def answer(line: str) -> str:
        fields = line.split("\t")
        if len(fields) != _FIELDS:
            return ERROR
        if fields[0] not in known:
            if len(known) >= _KEPT:
                known.clear()
            known[fields[0]] = scheme_of(fields[0])
        return _compared(known[fields[0]], fields[1], fields[2])

    return run_batch(answer)


def _compared(scheme: Scheme | None, left: str, right: str) -> str:
    try:
        return ERROR if scheme is None else str(scheme.compare(left, right))
    except VersionError:
        return ERROR
