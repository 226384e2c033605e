import json
from typing import Any

from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.csaf_vex import csaf_vex
from oakum.intel.vex_csaf import statements
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.model.report import Report
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

LODASH = installed("npm", "lodash", "4.17.0", layer=1)
LODASH_ES = installed("npm", "lodash-es", "4.17.0", layer=1)


def written(made: Report) -> Any:  # noqa: ANN401 - JSON
    return json.loads(csaf_vex.write(made, Page()))


def test_what_the_profile_wants_is_there() -> None:
    """CSAF 2.0, section 4.5: category, notes, product status, and for what is affected an action."""
    said = written(report(finding("CVE-2026-0001", LODASH, fixed=("4.17.21",)), finding("GHSA-1", LODASH_ES)))
    document = said["document"]
    assert (document["category"], document["csaf_version"]) == ("csaf_vex", "2.0")
    tracking = document["tracking"]
    assert tracking["version"] == tracking["revision_history"][-1]["number"]
    assert tracking["id"].startswith("oakum-")
    first, second = said["vulnerabilities"]
    assert first["cve"] == "CVE-2026-0001"
    assert second["ids"] == [{"system_name": "OSV", "text": "GHSA-1"}]
    for one, action in ((first, "vendor_fix"), (second, "none_available")):
        assert one["notes"][0]["text"]
        assert [each["category"] for each in one["remediations"]] == [action]
        assert one["remediations"][0]["product_ids"] == one["product_status"]["known_affected"]


def test_every_product_that_is_named_is_in_the_tree_once() -> None:
    said = written(report(finding("CVE-2026-0001", LODASH), finding("CVE-2026-0001", LODASH_ES)))
    tree = said["product_tree"]
    ids = [one["product_id"] for one in tree["full_product_names"]]
    ids += [one["full_product_name"]["product_id"] for one in tree["relationships"]]
    assert len(ids) == len(set(ids)) == 5
    (one,) = said["vulnerabilities"]
    assert set(one["product_status"]["known_affected"]) <= set(ids)
    assert {each["relates_to_product_reference"] for each in tree["relationships"]} == {"image"}


def test_an_alias_that_is_a_cve_names_it() -> None:
    (one,) = written(report(replace(finding("GHSA-1", LODASH), aliases=("CVE-2026-0002",))))["vulnerabilities"]
    assert one["cve"] == "CVE-2026-0002"


def test_an_accepted_finding_stays_affected_and_nobody_takes_it_for_a_supplier_s_word() -> None:
    accepted = Suppressed(LODASH, "accepted by x.toml:1: unused", "CVE-2026-0003", None, "x.toml:1")
    said = written(replace(report(), suppressed=(accepted,)))
    (one,) = said["vulnerabilities"]
    assert one["remediations"] == [
        {"category": "no_fix_planned", "details": accepted.reason, "product_ids": ["image:package-1"]}
    ]
    assert list(statements(said)) == []  # read back, it accepts nothing


def test_without_findings_there_is_no_vulnerability_and_gaps_are_told() -> None:
    said = written(report(gaps=(Gap("unreadable-file", "is cut off", "x.jar"),)))
    assert (said["document"]["category"], "vulnerabilities" in said) == ("csaf_base", False)
    assert said["document"]["notes"][0]["text"] == "1 things could not be judged"
