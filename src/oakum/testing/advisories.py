"""Advisories in memory, for tests of whatever asks the port."""

from collections.abc import Collection, Iterable, Mapping

from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo, EcosystemData, Exploited
from oakum.model.cve import CveRecord


class KnownAdvisories:
    """The advisories that a test gives; it filters nothing.

    Args:
        advisories: what is known.
        exploited: KEV and EPSS by CVE id.
        info: what ``about`` says; derived from the advisories when it is not given.
        records: of the CVE list.
    """

    def __init__(
        self,
        advisories: Iterable[Advisory] = (),
        exploited: Mapping[str, Exploited] | None = None,
        info: DatabaseInfo | None = None,
        records: Iterable[CveRecord] = (),
    ) -> None:
        """Keep them by package."""
        self._known: dict[tuple[str, str], list[Advisory]] = {}
        for advisory in advisories:
            self._known.setdefault((advisory.ecosystem, advisory.package), []).append(advisory)
        self._exploited = dict(exploited or {})
        self._info = info
        self._records = {record.cve: record for record in records}

    def about(self) -> DatabaseInfo:
        """What the test said, or the ecosystems that its advisories name."""
        if self._info is not None:
            return self._info
        counts: dict[str, int] = {}
        for (ecosystem, _), known in self._known.items():
            counts[ecosystem] = counts.get(ecosystem, 0) + len(known)
        data = {name: EcosystemData(count) for name, count in sorted(counts.items())}
        return DatabaseInfo(digest="sha256:test", built="2026-01-01T00:00:00Z", schema=1, ecosystems=data)

    def lookup(
        self, keys: Collection[AdvisoryKey], *, every: bool = False
    ) -> Mapping[AdvisoryKey, tuple[Advisory, ...]]:
        """The advisories about each key's package; keys without any are left out."""
        del every  # nothing is ever left out
        found = {key: tuple(self._known.get((key.ecosystem, key.name), ())) for key in keys}
        return {key: advisories for key, advisories in found.items() if advisories}

    def exploited(self, ids: Collection[str]) -> Mapping[str, Exploited]:
        """KEV and EPSS of the CVE ids that have them."""
        return {cve: self._exploited[cve] for cve in ids if cve in self._exploited}

    def cve_records(self, ids: Collection[str]) -> Mapping[str, CveRecord]:
        """What the CVE list says of the ids that it has."""
        return {cve: self._records[cve] for cve in ids if cve in self._records}

    def by_id(self, ids: Collection[str]) -> tuple[Advisory, ...]:
        """Every record that bears one of these ids, as its own or as an alias."""
        wanted = set(ids)
        every = (advisory for known in self._known.values() for advisory in known)
        return tuple(one for one in every if not wanted.isdisjoint((one.id, *one.aliases)))
