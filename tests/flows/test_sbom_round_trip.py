"""An SBOM of ours, read again, is the same inventory, and is judged alike."""

import pytest

from oakum.effects.format import FORMATS, Page
from oakum.facts.cataloger import CATALOGERS
from oakum.facts.squash import squash
from oakum.findings.match import advisory_keys
from oakum.flows.kinds import MATCHERS
from oakum.model.dependencies import edges
from oakum.model.inventory import Installed, Inventory
from oakum.model.layer_facts import LayerFacts, Outcome
from oakum.model.purl import package_purl
from oakum.testing.files import read
from oakum.testing.sbom import sbom_report

_FORMS = {"cyclonedx_json": "cyclonedx", "spdx_json": "spdx", "syft_json": "syft", "json": "oakum_report"}
_NAME = "made.json"


def _again(form: str) -> Inventory:
    document = FORMATS.load(form).write(sbom_report(), Page())
    facts = read(CATALOGERS.load(_FORMS[form]), {_NAME: document})
    return squash([("", LayerFacts(outcomes=(Outcome(_FORMS[form], 1, tuple(facts)),)))], package_purl)


def _said(installed: Installed) -> tuple[object, ...]:
    package = installed.package
    paths = tuple(path.removeprefix(f"{_NAME}!/") for path in installed.paths)
    named = (package.type, package.name, package.version, package.arch, package.source, package.licenses)
    return (*named, installed.purl, installed.owner, paths)


@pytest.mark.parametrize("form", _FORMS)
def test_nothing_of_a_package_is_lost(form: str) -> None:
    first, again = sbom_report().inventory, _again(form)
    assert sorted(map(_said, again.packages), key=str) == sorted(map(_said, first.packages), key=str)


@pytest.mark.parametrize("form", ["cyclonedx_json", "spdx_json", "json"])
def test_guesses_and_scopes_stay(form: str) -> None:
    packages = {(one.package.name, one.package.version): one.package for one in _again(form).packages}
    assert packages["unknown", "2.0"].guessed == "file name"
    assert packages["debug", "4.3.4"].scope == "dev"
    assert packages["debug", "2.6.9"].scope == "optional"


@pytest.mark.parametrize("form", _FORMS)
def test_the_distribution_the_edges_and_the_gaps_stay(form: str) -> None:
    first, again = sbom_report().inventory, _again(form)
    assert first.distribution is not None
    assert again.distribution is not None
    assert (again.distribution.id, again.distribution.version) == (first.distribution.id, first.distribution.version)
    assert again.distribution.codename == first.distribution.codename
    assert _edges(again) == _edges(first)
    (gap,) = again.gaps
    assert (gap.kind, gap.what) == (first.gaps[0].kind, first.gaps[0].what)


@pytest.mark.parametrize("form", _FORMS)
def test_the_advisories_are_asked_the_same(form: str) -> None:
    matchers = [MATCHERS.load(one) for one in MATCHERS.ids()]
    asked = [
        {question.key for question in advisory_keys(inventory, matchers).questions}
        for inventory in (sbom_report().inventory, _again(form))
    ]
    assert asked[0] == asked[1]
    assert len(asked[0]) > 5


@pytest.mark.parametrize("form", _FORMS)
def test_the_document_says_what_it_is_about(form: str) -> None:
    (document,) = _again(form).documents
    assert document.subject == "shop:1.0"
    assert document.digest == "sha256:" + "a" * 64
    assert document.tool.startswith("oakum")


def _edges(inventory: Inventory) -> set[tuple[str, str]]:
    purls = [one.purl for one in inventory.packages]
    return {(purls[at], purls[one]) for at, needed in edges(inventory).items() for one in needed}
