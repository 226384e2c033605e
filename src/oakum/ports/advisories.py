"""The advisories, as a scan asks for them."""

from collections.abc import Collection, Mapping
from typing import Protocol

from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo, Exploited
from oakum.model.cve import CveRecord


class Advisories(Protocol):
    """A database of advisories; a sync port."""

    def about(self) -> DatabaseInfo:
        """What the database is made of."""
        ...

    def lookup(
        self, keys: Collection[AdvisoryKey], *, every: bool = False
    ) -> Mapping[AdvisoryKey, tuple[Advisory, ...]]:
        """The advisories about each key's package; keys without any are left out.

        The database may leave out records whose ranges cannot hold the key's version,
        unless ``every`` asks for all of them.
        """
        ...

    def exploited(self, ids: Collection[str]) -> Mapping[str, Exploited]:
        """KEV and EPSS of the CVE ids that have them."""
        ...

    def cve_records(self, ids: Collection[str]) -> Mapping[str, CveRecord]:
        """What the CVE list says of the ids that it has."""
        ...

    def by_id(self, ids: Collection[str]) -> tuple[Advisory, ...]:
        """Every record that bears one of these ids, as its own or as an alias."""
        ...
