"""The report as a CSAF document of the VEX profile."""

import re
from collections.abc import Sequence
from typing import Any, Final

from oakum import __version__
from oakum.effects.document_identity import UNKNOWN_TIME, document_uuid, instant
from oakum.effects.finding_words import remedy
from oakum.effects.format import Page, output_format
from oakum.effects.subject import subject
from oakum.effects.whole_text import json_bytes
from oakum.model.finding import Finding, Suppressed
from oakum.model.report import Report

_CVE: Final = re.compile(r"CVE-[0-9]{4}-[0-9]{4,}")
_IMAGE: Final = "image"

Node = dict[str, Any]
Said = Finding | Suppressed


@output_format(media_type="application/json", version=1)
def csaf_vex(report: Report, page: Page) -> bytes:
    """CSAF 2.0, profile VEX: what is affected in the image, and what to do about it.

    Each package is a component of the image, and ``known_affected`` of it with a remediation: a fix, none, or the
    reason for which somebody accepted it. Like the other forms of VEX that Oakum writes it never says
    ``known_not_affected``: that takes a justification that no scanner can give by itself.
    """
    del page  # a program has no width
    said: list[Said] = [*report.findings, *(one for one in report.suppressed if one.waiver)]
    purls = list(dict.fromkeys(one.installed.purl for one in said))
    products = {purl: f"package-{number}" for number, purl in enumerate(purls, 1)}
    together: dict[str, list[Said]] = {}
    for one in said:
        together.setdefault(_id(one), []).append(one)
    document: Node = {
        "document": _head(report, "csaf_vex" if together else "csaf_base"),  # the profile wants a vulnerability
        "product_tree": _tree(report, products),
        "vulnerabilities": [_vulnerability(id_, same, products) for id_, same in together.items()],
    }
    document["document"]["tracking"]["id"] = f"oakum-{document_uuid(document)}"
    return json_bytes(document if together else {name: document[name] for name in ("document", "product_tree")})


def _head(report: Report, category: str) -> Node:
    when = instant(report.created) or UNKNOWN_TIME
    about = subject(report)
    notes = [{"category": "general", "text": f"{len(report.gaps)} things could not be judged"}] if report.gaps else []
    head: Node = {
        "category": category,
        "csaf_version": "2.0",
        "publisher": {"category": "other", "name": "oakum", "namespace": "urn:oakum"},
        "title": f"Vulnerabilities of {about.name or 'an artifact'}",
        "tracking": {
            "current_release_date": when,
            "id": "",
            "initial_release_date": when,
            "revision_history": [{"date": when, "number": "1", "summary": "as it was scanned"}],
            "status": "final",
            "version": "1",
            "generator": {"engine": {"name": "oakum", "version": __version__}},
        },
    }
    return head | ({"notes": notes} if notes else {})


def _tree(report: Report, products: dict[str, str]) -> Node:
    about = subject(report)
    own: Node = {"product_id": _IMAGE, "name": about.name or "unnamed"}
    if about.purl:
        own["product_identification_helper"] = {"purl": about.purl}
    names = [
        own,
        *(
            {"product_id": id_, "name": purl, "product_identification_helper": {"purl": purl}}
            for purl, id_ in products.items()
        ),
    ]
    relations = [
        {
            "category": "default_component_of",
            "product_reference": id_,
            "relates_to_product_reference": _IMAGE,
            "full_product_name": {"product_id": _whole(id_), "name": f"{purl} in {own['name']}"},
        }
        for purl, id_ in products.items()
    ]
    return {"full_product_names": names} | ({"relationships": relations} if relations else {})


def _vulnerability(id_: str, same: Sequence[Said], products: dict[str, str]) -> Node:
    """The findings of one id, each with what to do about it."""
    affected = list(dict.fromkeys(_whole(products[one.installed.purl]) for one in same))
    actions: dict[tuple[str, str], list[str]] = {}
    for one in same:
        ids = actions.setdefault(_action(one), [])
        if (whole := _whole(products[one.installed.purl])) not in ids:
            ids.append(whole)
    summary = next((one.summary for one in same if isinstance(one, Finding) and one.summary), id_)
    named: Node = {"cve": id_} if _CVE.fullmatch(id_) else {"ids": [{"system_name": "OSV", "text": id_}]}
    return {
        **named,
        "notes": [{"category": "description", "text": summary}],
        "product_status": {"known_affected": affected},
        "remediations": [
            {"category": kind, "details": details, "product_ids": ids} for (kind, details), ids in actions.items()
        ],
    }


def _id(one: Said) -> str:
    """A CVE where the finding has one: this form is made for those."""
    if isinstance(one, Suppressed):
        return one.advisory
    return next((name for name in (one.id, *one.aliases) if _CVE.fullmatch(name)), one.id)


def _action(one: Said) -> tuple[str, str]:
    if isinstance(one, Suppressed):
        return "no_fix_planned", one.reason
    return "vendor_fix" if one.fixed_versions else "none_available", remedy(one)


def _whole(product: str) -> str:
    return f"{_IMAGE}:{product}"
