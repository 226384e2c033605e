"""Findings: an installed package that an advisory says is affected, with everything it rests on."""

from msgspec import Struct

from oakum.model.advisory import Exploited
from oakum.model.cve import Ssvc
from oakum.model.inventory import Installed
from oakum.model.severity import Rating, Severity


class Evidence(Struct, frozen=True):
    """Why an advisory applies, or why it does not.

    Attributes:
        advisory: the record's id.
        source: where the record came from, e.g. ``osv:Debian``.
        modified: the record's revision date.
        matcher: the matcher that asked.
        scheme: the version scheme that compared.
        ecosystem: what was asked.
        name: what was asked.
        version: the version that was compared.
        range: the range that holds (or would hold) it, in words: ``from 0, fixed in 1.2.3``.
        fixed: fixed versions by this record.
        severity: this record's rating.
        url: where a person reads more.
    """

    advisory: str
    source: str
    modified: str
    matcher: str
    scheme: str
    ecosystem: str
    name: str
    version: str
    range: str
    fixed: tuple[str, ...] = ()
    severity: Severity = Severity()
    url: str = ""


class Finding(Struct, frozen=True):
    """A vulnerability in an installed package.

    Attributes:
        id: the CVE where there is one, else the first source's id.
        aliases: every other id of it.
        installed: the package.
        severity: the rating taken, with its origin.
        fixed_versions: versions to take, the nearest first; empty when no fix is known.
        exploited: CISA KEV and EPSS.
        evidence: one entry per record that says so; the first gave the severity.
        summary: one line, where the data has texts.
        published: date or empty.
        take: the least version that mends every mendable finding of this package, or empty.
        ratings: what every party says, in the order in which their word is taken; the first is ``severity``.
        ssvc: CISA's answers for its decision tree, or None.
        cwes: kinds of weakness, ``CWE-79``.
        rejected: why the CVE list withdrew the id, where a source stands by the finding all the same; or empty.
        in_baseline: it was known before, in the baseline that the artifact is held against; None without one.
    """

    id: str
    aliases: tuple[str, ...]
    installed: Installed
    severity: Severity
    fixed_versions: tuple[str, ...]
    exploited: Exploited
    evidence: tuple[Evidence, ...]
    summary: str = ""
    published: str = ""
    take: str = ""
    ratings: tuple[Rating, ...] = ()
    ssvc: Ssvc | None = None
    cwes: tuple[str, ...] = ()
    rejected: str = ""
    in_baseline: bool | None = None


class Suppressed(Struct, frozen=True):
    """A package or advisory that was deliberately not counted, and why.

    Attributes:
        installed: the package.
        reason: one sentence.
        advisory: the record's id, where one record is meant.
        evidence: what was compared, where something was.
        waiver: where the waiver stands that accepts the finding, or empty: it was not found at all.
    """

    installed: Installed
    reason: str
    advisory: str = ""
    evidence: Evidence | None = None
    waiver: str = ""
