"""The report as an OpenVEX document."""

from typing import Any, Final

from oakum.effects.document_identity import UNKNOWN_TIME, document_uuid, instant
from oakum.effects.finding_words import remedy
from oakum.effects.format import Page, output_format
from oakum.effects.subject import subject
from oakum.effects.whole_text import json_bytes
from oakum.model.finding import Finding, Suppressed
from oakum.model.report import Report

_CONTEXT: Final = "https://openvex.dev/ns/v0.2.0"

Node = dict[str, Any]


@output_format(media_type="application/vnd.openvex+json", version=1)
def openvex(report: Report, page: Page) -> bytes:
    """OpenVEX 0.2.0: what is affected, and what to do about it.

    Every finding is ``affected`` with an action; an accepted one as well, its reason is the action: that
    somebody lives with a flaw does not make it less of one. To say ``not_affected`` takes a justification
    that no scanner can give by itself. Where something was not judged, the document's tooling says so.
    """
    del page  # a program has no width
    about = subject(report)
    product = about.purl or about.name or "unnamed"
    when = instant(report.created) or UNKNOWN_TIME
    together: dict[tuple[str, str], Node] = {}
    for finding in report.findings:
        _add(together, _statement(finding), product, finding.installed.purl)
    for one in report.suppressed:
        if one.waiver:
            _add(together, _accepted(one), product, one.installed.purl)
    tooling = f"oakum; {len(report.gaps)} things could not be judged" if report.gaps else "oakum"
    document: Node = {
        "@context": _CONTEXT,
        "author": "oakum",
        "role": "scanner",
        "timestamp": when,
        "version": 1,
        "tooling": tooling,
        "statements": list(together.values()),
    }
    return json_bytes({"@id": f"urn:uuid:{document_uuid(document)}", **document})


def _add(together: dict[tuple[str, str], Node], statement: Node, product: str, purl: str) -> None:
    """Put packages of one vulnerability with one action into one statement."""
    key = statement["vulnerability"]["name"], statement["action_statement"]
    kept = together.setdefault(key, {**statement, "products": [{"@id": product, "subcomponents": []}]})
    parts = kept["products"][0]["subcomponents"]
    if {"@id": purl} not in parts:
        parts.append({"@id": purl})


def _statement(finding: Finding) -> Node:
    vulnerability: Node = {"name": finding.id}
    if finding.aliases:
        vulnerability["aliases"] = list(finding.aliases)
    return {"vulnerability": vulnerability, "products": [], "status": "affected", "action_statement": remedy(finding)}


def _accepted(one: Suppressed) -> Node:
    return {
        "vulnerability": {"name": one.advisory},
        "products": [],
        "status": "affected",
        "action_statement": one.reason,
    }
