"""Pages of a list in memory; a cursor is a place in the list."""

from collections.abc import Sequence
from typing import TypeVar

from oakum.kit.errors import UsageError

T = TypeVar("T")


def page(rows: Sequence[T], after: str, limit: int) -> tuple[list[T], str]:
    """The rows after a cursor, with the cursor of the next page.

    Raises:
        UsageError: it is no cursor.
    """
    if after and not after.isdecimal():
        raise UsageError(f"{after[:80]!r} is no cursor")
    start = int(after or 0)
    return list(rows[start : start + limit]), str(start + limit) if len(rows) > start + limit else ""
