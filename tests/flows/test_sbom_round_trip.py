"""An SBOM of ours, read again, is the same inventory, and is judged alike."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.effects.format import FORMATS, Page
from oakum.facts.cataloger import CATALOGERS
from oakum.facts.squash import squash
from oakum.findings.match import advisory_keys
from oakum.flows.kinds import MATCHERS
from oakum.model.dependencies import edges
from oakum.model.fact import Package, SourcePackage
from oakum.model.inventory import Installed, Inventory
from oakum.model.layer_facts import LayerFacts, Outcome
from oakum.model.package_purl import package_purl
from oakum.testing.files import read
from oakum.testing.inventory import BOOKWORM
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


_NAMES = st.builds("{}{}".format, st.sampled_from("aZ0"), st.text("abXY01._+-", max_size=5))
_VERSIONS = st.builds(
    "{}{}-{}".format, st.sampled_from(("", "1:", "2:")), st.sampled_from(("0", "1.2", "2~rc1")), st.sampled_from("0r")
)
_SOURCES = st.one_of(st.none(), st.builds(SourcePackage, _NAMES, _VERSIONS))
_SYSTEM = st.builds(
    Package, st.sampled_from(("deb", "apk", "rpm")), _NAMES, _VERSIONS, st.just("var/db"), _NAMES, _SOURCES
)
_MODULAR = st.builds(
    lambda name, version: Package("rpm", name, version, "var/db", module="nodejs:18:8080020230718:63b34585"),
    _NAMES,
    _VERSIONS,
)
_LANGUAGE = st.builds(
    Package, st.sampled_from(("pypi", "npm", "golang", "gem", "cargo", "nuget")), _NAMES, _VERSIONS, st.just("app/x")
)
_GROUPED = st.builds(
    lambda kind, mark, group, name, version: Package(kind, f"{group}{mark}{name}", version, "app/y"),
    st.just("maven"), st.just(":"), _NAMES, _NAMES, _VERSIONS,
)  # fmt: skip


@pytest.mark.parametrize("form", _FORMS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(packages=st.lists(st.one_of(_SYSTEM, _MODULAR, _LANGUAGE, _GROUPED), max_size=5))
def test_identity_and_source_of_any_package_stay(form: str, packages: list[Package]) -> None:
    found = tuple(Installed(one, package_purl(one, BOOKWORM), 0, (one.path,)) for one in packages)
    shown = replace(sbom_report(), inventory=Inventory(BOOKWORM, found))
    facts = read(CATALOGERS.load(_FORMS[form]), {_NAME: FORMATS.load(form).write(shown, Page())})
    again = [_identity(fact) for fact in facts if isinstance(fact, Package)]
    assert again == list(map(_identity, packages))


def _identity(package: Package) -> tuple[object, ...]:
    """By what a package is judged; a source package that says nothing new may be left out."""
    source = package.source or SourcePackage(package.name, package.version)
    return package.type, package.name, package.version, source, package.module
