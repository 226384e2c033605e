"""What the CVE list itself says of a vulnerability: its numbering authority, and CISA beside it."""

from msgspec import Struct

from oakum.model.severity import Severity


class Ssvc(Struct, frozen=True, array_like=True):
    """CISA's answers for its decision tree (SSVC, coordinator's role, version 2.0.3).

    Attributes:
        exploitation: ``none``, ``poc`` or ``active``; empty where it is not said.
        automatable: ``no``, ``yes`` or empty.
        impact: ``partial``, ``total`` or empty (``Technical Impact``).
    """

    exploitation: str = ""
    automatable: str = ""
    impact: str = ""


class CveRecord(Struct, frozen=True, array_like=True):
    """What one CVE record says, without its texts on products and versions.

    Attributes:
        cve: the id; empty while the record is stored under it.
        cna: the rating of the numbering authority (CNA) that wrote the record.
        adp: CISA's rating in its container of the record (``CISA-ADP``).
        assigner: short name of the CNA.
        ssvc: CISA's answers, or None.
        cwes: kinds of weakness, ``CWE-79``, by both.
        title: one line, where the CNA gives one.
        published: day (ISO 8601) or empty.
        modified: day (ISO 8601) or empty.
        rejected: the reason why the id must not be used, or empty for a record that stands.
        instead: the CVE ids that a rejected one gives way to, e.g. as their duplicate.
    """

    cve: str = ""
    cna: Severity = Severity()
    adp: Severity = Severity()
    assigner: str = ""
    ssvc: Ssvc | None = None
    cwes: tuple[str, ...] = ()
    title: str = ""
    published: str = ""
    modified: str = ""
    rejected: str = ""
    instead: tuple[str, ...] = ()
