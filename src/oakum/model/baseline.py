"""A baseline: what was known of an artifact when somebody decided to live with it, so that only what is new counts."""

from typing import Literal

from msgspec import Struct


class KnownFinding(Struct, frozen=True):
    """A finding that was there: the vulnerability and the package, whatever version and file it has by now.

    Attributes:
        id: of the vulnerability.
        package: purl without version and qualifiers.
        aliases: other ids of the vulnerability.
    """

    id: str
    package: str
    aliases: tuple[str, ...] = ()


class KnownBreach(Struct, frozen=True):
    """What a policy said that is no finding: its name, and the package's purl without version where it was of one."""

    policy: str
    package: str = ""


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """What was known.

    Attributes:
        oakum: the form of the document.
        of: reference of the artifact.
        digest: of it, or empty.
        made: when (ISO 8601).
        findings: that were there.
        breaches: of policies, that were there and are no findings.
    """

    oakum: Literal["baseline/1"]
    of: str
    digest: str = ""
    made: str = ""
    findings: tuple[KnownFinding, ...] = ()
    breaches: tuple[KnownBreach, ...] = ()
