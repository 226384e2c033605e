"""Why a vulnerability is found in an artifact, or why it is not."""

from typing import Final

from msgspec import Struct

from oakum.model.advisory import Exploited
from oakum.model.cve import CveRecord
from oakum.model.fact import Gap
from oakum.model.finding import Evidence
from oakum.model.inventory import Installed
from oakum.model.severity import Rating

AFFECTED: Final = "affected"
NOT_AFFECTED: Final = "not affected"
UNKNOWN: Final = "unknown"
NOT_COUNTED: Final = "not counted"


class Answer(Struct, frozen=True):
    """What one record says of one installed package.

    Attributes:
        verdict: one of the words above.
        installed: the package.
        why: one sentence.
        evidence: what was compared.
    """

    verdict: str
    installed: Installed
    why: str
    evidence: Evidence


class Explanation(Struct, frozen=True):
    """Everything that the advisories say of one vulnerability in one artifact.

    Attributes:
        reference: the artifact, as the person named it.
        wanted: the id that was asked about.
        names: its other ids.
        answers: about installed packages; what is affected comes first.
        notes: about what is not installed or not known, one sentence each.
        gaps: what is unknown of the artifact, on which every "not affected" rests too.
        recorded: False when no record bears the id, so that nothing at all can be said.
        ratings: what every party says of the vulnerability, the one that counts first.
        listed: what the CVE list says of it, or None.
        exploited: CISA KEV and EPSS.
    """

    reference: str
    wanted: str
    names: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    notes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    recorded: bool = True
    ratings: tuple[Rating, ...] = ()
    listed: CveRecord | None = None
    exploited: Exploited = Exploited()
