"""The report of a scan: what every output format is given."""

from msgspec import Struct

from oakum.model.advisory import DatabaseInfo
from oakum.model.artifact import Artifact
from oakum.model.confinement import Confinement
from oakum.model.decision import Decision
from oakum.model.fact import Gap
from oakum.model.finding import Finding, Suppressed
from oakum.model.inventory import Inventory


class Report(Struct, frozen=True):
    """Everything that one scan saw.

    Attributes:
        artifact: what was opened.
        inventory: what is installed.
        findings: worst first.
        suppressed: what was deliberately not counted.
        gaps: everything unknown, from reading and from judging.
        decision: the gate's word.
        database: the advisories' origin; None when only the inventory was asked for.
        created: when (ISO 8601, UTC).
        scanners: which parts ran: ``packages``, ``vulnerabilities``.
        notices: sentences for the person who asked: waivers that hold no longer or fit nothing.
        confinement: of the process that read the artifact; None when none did, as for a document.
    """

    artifact: Artifact
    inventory: Inventory
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    decision: Decision = Decision()
    database: DatabaseInfo | None = None
    created: str = ""
    scanners: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    confinement: Confinement | None = None
