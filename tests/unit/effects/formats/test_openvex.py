import json

from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.openvex import openvex
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

LODASH = installed("npm", "lodash", "4.17.0", layer=1)
LODASH_ES = installed("npm", "lodash-es", "4.17.0", layer=1)


def test_packages_of_one_vulnerability_are_one_statement_of_the_image() -> None:
    document = json.loads(openvex.write(report(finding("CVE-1", LODASH), finding("CVE-1", LODASH_ES)), Page()))
    assert document["@context"] == "https://openvex.dev/ns/v0.2.0"
    (statement,) = document["statements"]
    assert statement["status"] == "affected"
    assert statement["action_statement"] == "no fix is known"
    (product,) = statement["products"]
    assert product["subcomponents"] == [{"@id": LODASH.purl}, {"@id": LODASH_ES.purl}]


def test_an_accepted_finding_stays_affected_with_its_reason() -> None:
    accepted = Suppressed(LODASH, "accepted by x.toml:1: unused", "CVE-1", None, "x.toml:1")
    document = json.loads(openvex.write(replace(report(), suppressed=(accepted,)), Page()))
    (statement,) = document["statements"]
    assert (statement["status"], statement["action_statement"]) == ("affected", accepted.reason)


def test_what_was_not_judged_is_told_and_the_identity_follows_the_content() -> None:
    whole, part = report(), report(gaps=(Gap("unreadable-file", "is cut off", "x.jar"),))
    documents = [json.loads(openvex.write(one, Page())) for one in (whole, part, part)]
    assert documents[1]["tooling"] == "oakum; 1 things could not be judged"
    assert documents[0]["@id"] != documents[1]["@id"] == documents[2]["@id"]
