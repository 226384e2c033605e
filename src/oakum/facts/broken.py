"""A place of a database that cannot be read, among the records that can."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from oakum.model import gaps
from oakum.model.fact import Gap


class Broken(Struct, frozen=True):
    """Stands where a record should be; a reader gives it and goes on.

    Attributes:
        what: why it cannot be read, as the end of a sentence.
    """

    what: str


def whole(records: Iterable[bytes | Broken], path: str, trouble: list[Gap]) -> Iterator[bytes]:
    """The records that could be read; afterwards one gap in ``trouble`` counts those that could not.

    A hostile database can be broken in a million places, and no report wants a million lines.
    """
    first, count = "", 0
    for record in records:
        if isinstance(record, Broken):
            first, count = first or record.what, count + 1
        else:
            yield record
    if count:
        places = "a place" if count == 1 else f"{count} places"
        trouble.append(Gap(gaps.UNREADABLE_FILE, f"{places} of the package database cannot be read: {first}", path))
