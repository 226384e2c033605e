"""The gaps of a report as an SBOM bears them: who reads it must not take the unknown for clean."""

import json

from oakum.model import sbom_words as words
from oakum.model.gaps import BLIND
from oakum.model.report import Report


def stated_gaps(report: Report) -> list[tuple[str, str]]:
    """Each gap as a named value, in the order of the report; those of the reading and those of the judging apart."""
    reading = set(report.inventory.gaps)
    every = dict.fromkeys((*report.inventory.gaps, *report.gaps))
    return [
        (
            words.GAP if gap in reading else words.JUDGEMENT_GAP,
            json.dumps({"kind": gap.kind, "what": gap.what, "path": gap.path, "layer": gap.layer}),
        )
        for gap in every
    ]


def incomplete(report: Report) -> bool:
    """Whether a part of the artifact was not read at all."""
    return any(gap.kind in BLIND for gap in report.inventory.gaps)
