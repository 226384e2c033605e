"""Whole sources carried from the database in place into the one that will replace it."""

from typing import Any, Final

import apsw
from msgspec.structs import replace

from oakum.adapters.sqlite.advisories import AdvisoryDatabase, NewerFormError, read_only_uri
from oakum.adapters.sqlite.advisory_tables import Orders, SchemeOf
from oakum.kit.errors import ConfigurationError
from oakum.model.advisory import DatabaseInfo, SourceRevision
from oakum.model.ecosystems import ordering

_SOURCE: Final = "SELECT id, first FROM old.source WHERE name = ?"
_LAST: Final = "SELECT max(id) FROM old.package WHERE source = ?"
_CARRY: Final = (
    "INSERT INTO source VALUES (:new, :name, :first)",
    "INSERT INTO package SELECT id + :by, ecosystem, name, :new FROM old.package WHERE source = :old",
    """INSERT INTO affected SELECT a.package + :by, a.number, a.low, a.high, a.body
       FROM old.package AS p CROSS JOIN old.affected AS a ON a.package = p.id WHERE p.source = :old""",
    "INSERT INTO named SELECT hash, :new, packages FROM old.named WHERE source = :old",
    "INSERT INTO exploited SELECT cve, :new, kev, epss, percentile FROM old.exploited WHERE source = :old",
    "INSERT INTO cve SELECT cve, :new, body FROM old.cve WHERE source = :old",
)
"""Everything of one source, its packages numbered anew; ``named`` counts from the source's first package."""


def carriable(path: str, scheme_of: SchemeOf) -> DatabaseInfo | None:
    """What the database in place is made of, or None when nothing of it can be carried over.

    Left out are sources whose bounds were computed by another version scheme than there is now.

    Raises:
        NewerFormError: it was made by a newer program, which would then miss it.
    """
    try:
        database = AdvisoryDatabase(path, scheme_of)
    except NewerFormError:
        raise
    except ConfigurationError:
        return None
    info = database.about()
    made_with = database.schemes()
    orders = Orders(scheme_of)
    same = [
        source
        for source in info.sources
        if all(made_with.get(family) == orders.identity(family) for family in _families(source))
    ]
    return None if info.starter else replace(info, sources=tuple(same))


def attach(connection: apsw.Connection, path: str) -> None:
    """Make the database in place readable beside the new one."""
    connection.execute("ATTACH ? AS old", (read_only_uri(path),)).fetchall()


def carry(connection: apsw.Connection, source: str, number: int, first: int) -> int:
    """Copy everything of a source; gives the next free number of a package.

    Args:
        connection: of the new database, with the old one attached.
        source: its name.
        number: of the source in the new database.
        first: number of its first package in the new database.
    """
    found: tuple[Any, ...] | None = connection.execute(_SOURCE, (source,)).fetchone()
    if found is None:  # a source without a row: an empty catalog
        return first
    old, start = found
    last = connection.execute(_LAST, (old,)).get
    values = {"old": old, "new": number, "name": source, "first": first, "by": first - start}
    for statement in _CARRY:
        connection.execute(statement, values).fetchall()
    return first if last is None else int(last) + first - start + 1


def _families(source: SourceRevision) -> set[str]:
    return {ordering(ecosystem) for ecosystem in source.counts}
