"""Advisories: what the world knows about a package."""

from msgspec import Struct

from oakum.model.severity import Severity


class AdvisoryKey(Struct, frozen=True, array_like=True):
    """What is asked of the advisories: a name in an ecosystem, at a version.

    Attributes:
        ecosystem: as OSV has it: ``Debian:12``, ``PyPI``.
        name: as the ecosystem's advisories spell it, normalised.
        version: what is installed.
    """

    ecosystem: str
    name: str
    version: str


class Event(Struct, frozen=True, array_like=True):
    """One point of a range: ``introduced``, ``fixed``, ``last_affected`` or ``limit`` (OSV schema)."""

    kind: str
    version: str


class Range(Struct, frozen=True, array_like=True):
    """A range of affected versions: its events as the record has them (``introduced`` ``0``: from the first)."""

    events: tuple[Event, ...]


class Advisory(Struct, frozen=True, array_like=True):
    """One record of one source, about one package.

    Attributes:
        id: the source's own id.
        source: which feed and source it came from, e.g. ``osv:PyPI``.
        ecosystem: of the affected package.
        package: the affected package's name, normalised.
        aliases: other ids of the same vulnerability (OSV ``aliases`` and ``upstream``).
        ranges: affected ranges; a version in any of them is affected.
        versions: affected versions listed one by one.
        fixed: versions that hold the fix, as the source orders them.
        severity: the rating that was taken, with its origin.
        published: date (ISO 8601) or empty.
        modified: date (ISO 8601): the revision of this record.
        summary: one line, where the data has texts.
        url: where a person reads more.
    """

    id: str
    source: str
    ecosystem: str
    package: str
    aliases: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    severity: Severity = Severity()
    published: str = ""
    modified: str = ""
    summary: str = ""
    url: str = ""


class Exploited(Struct, frozen=True, array_like=True):
    """What is known of a vulnerability's exploitation.

    Attributes:
        kev: date on which CISA added it to the Known Exploited Vulnerabilities, or empty.
        epss: probability of exploitation within 30 days (FIRST EPSS), 0 to 1, or None.
        percentile: share of CVEs with a lower EPSS, 0 to 1, or None.
    """

    kev: str = ""
    epss: float | None = None
    percentile: float | None = None

    def joined(self, other: "Exploited") -> "Exploited":
        """What two sources know together: the earlier date, and the score of whichever has one."""
        scored = self if self.epss is not None else other
        dates = [date for date in (self.kev, other.kev) if date]
        return Exploited(min(dates, default=""), scored.epss, scored.percentile)


class Counted(Struct, frozen=True, array_like=True):
    """What one source has of one ecosystem.

    Attributes:
        records: advisories that name a package of it.
        unfixed: rows that name a package without a fix.
        newest: the newest ``modified`` date.
    """

    records: int = 0
    unfixed: int = 0
    newest: str = ""


class SourceRevision(Struct, frozen=True):
    """One source in a database.

    Attributes:
        name: ``osv:Debian``, ``kev``, ``epss``.
        revision: what identifies the exact data: SHA-256 of what was read.
        records: how many records were taken.
        newest: the newest ``modified`` date in it.
        skipped: how many could not be used (withdrawn not counted).
        taken: when these bytes were read into the database (ISO 8601, UTC), or empty.
        counts: what was counted of each ecosystem in it.
    """

    name: str
    revision: str
    records: int
    newest: str = ""
    skipped: int = 0
    taken: str = ""
    counts: dict[str, Counted] = {}


class EcosystemData(Struct, frozen=True):
    """What a database knows of one ecosystem.

    Attributes:
        records: advisories that name a package of it.
        fixed_only: no advisory of it names a vulnerability without a fix, so the unfixed are unknown.
        newest: the newest ``modified`` date.
    """

    records: int
    fixed_only: bool = False
    newest: str = ""


class DatabaseInfo(Struct, frozen=True):
    """What a database is made of.

    Attributes:
        digest: identity of the build (SHA-256 over the sources' revisions and the schema version).
        built: when (ISO 8601, UTC).
        schema: version of the tables.
        starter: true for the data that comes with the program.
        sources: every source with its revision.
        ecosystems: what is known, by ecosystem (``Debian:12``).
        feeds: the version of each feed that read the sources.
        checked: when the sources were last compared with where they come from, where that was after ``built``.
    """

    digest: str
    built: str
    schema: int
    starter: bool = False
    sources: tuple[SourceRevision, ...] = ()
    ecosystems: dict[str, EcosystemData] = {}
    feeds: dict[str, int] = {}
    checked: str = ""

    @property
    def current(self) -> str:
        """The last time at which these data were what their sources have."""
        return max(self.built, self.checked)
