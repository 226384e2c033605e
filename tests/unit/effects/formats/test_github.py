import json

from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.github import github
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

LODASH = installed("npm", "lodash", "4.17.0", layer=1)


def test_a_snapshot_lists_packages_by_their_file_for_the_commit_of_the_job() -> None:
    surroundings = {"GITHUB_SHA": "0" * 40, "GITHUB_REF": "refs/heads/main", "GITHUB_JOB": "scan", "GITHUB_RUN_ID": "7"}
    document = json.loads(github.write(report(finding("CVE-1", LODASH)), Page(surroundings=surroundings)))
    assert (document["version"], document["sha"], document["ref"]) == (0, "0" * 40, "refs/heads/main")
    assert document["job"] == {"id": "7", "correlator": "scan_oakum"}
    manifest = document["manifests"][LODASH.package.path]
    assert manifest["resolved"][LODASH.purl] == {
        "package_url": LODASH.purl,
        "relationship": "direct",
        "scope": "runtime",
    }
    assert len(document["metadata"]) <= 8


def test_what_is_needed_to_develop_alone_says_so() -> None:
    dev = replace(LODASH, package=replace(LODASH.package, scope="dev"))
    document = json.loads(github.write(report(finding("CVE-1", dev)), Page()))
    (resolved,) = document["manifests"][dev.package.path]["resolved"].values()
    assert resolved["scope"] == "development"
