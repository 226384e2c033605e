"""The inventory as a snapshot for GitHub's dependency graph."""

from typing import Any, Final

from oakum import __version__
from oakum.effects.format import Page, output_format
from oakum.effects.whole_text import json_bytes
from oakum.model.inventory import Installed
from oakum.model.report import Report

_HOME: Final = "https://oakum.invalid"
"""The API wants an address; the project has none yet, and this domain can never be anybody's (RFC 6761)."""

Node = dict[str, Any]


@output_format(media_type="application/json", version=1)
def github(report: Report, page: Page) -> bytes:
    """A snapshot for GitHub's dependency submission API.

    One manifest per file that names packages. Commit, branch and job are those of the workflow
    (``GITHUB_SHA``, ``GITHUB_REF``, ``GITHUB_JOB``); outside of one they are empty, and the API asks for them.
    Packages alone go there: GitHub matches them itself. For findings there is ``sarif``.
    """
    said = page.surroundings
    manifests: dict[str, Node] = {}
    for installed in report.inventory.packages:
        path = installed.package.path.split("!/", 1)[0]
        manifest = manifests.setdefault(path, _manifest(path, report))
        manifest["resolved"][installed.purl] = _resolved(installed)
    return json_bytes(
        {
            "version": 0,
            "job": {
                "id": said.get("GITHUB_RUN_ID", ""),
                "correlator": "_".join(filter(None, (said.get("GITHUB_WORKFLOW"), said.get("GITHUB_JOB"), "oakum"))),
            },
            "sha": said.get("GITHUB_SHA", ""),
            "ref": said.get("GITHUB_REF", ""),
            "detector": {"name": "oakum", "version": __version__, "url": _HOME},
            "scanned": report.created,
            "metadata": _metadata(report),
            "manifests": manifests,
        }
    )


def _manifest(path: str, report: Report) -> Node:
    return {
        "name": path or report.artifact.reference,
        "file": {"source_location": path},
        "metadata": {"oakum:reference": report.artifact.reference},
        "resolved": {},
    }


def _resolved(installed: Installed) -> Node:
    scope = "development" if installed.package.scope == "dev" else "runtime"
    return {"package_url": installed.purl, "relationship": "direct", "scope": scope}


def _metadata(report: Report) -> Node:
    """At most eight plain values; the API refuses more."""
    found: Node = {"oakum:reference": report.artifact.reference, "oakum:digest": report.artifact.digest}
    found["oakum:gaps"] = len(report.gaps)
    return {name: value for name, value in found.items() if value != ""}
