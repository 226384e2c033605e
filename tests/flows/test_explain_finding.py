"""Explaining one vulnerability in one target."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oakum.facts.cataloger import CATALOGERS
from oakum.flows.explain_finding import explain_finding
from oakum.flows.scan_image import ScanPorts
from oakum.flows.take_inventory import ReadingPorts
from oakum.kit.errors import TryLaterError
from oakum.model.artifact import Artifact, Layer
from oakum.model.confinement import Confinement
from oakum.model.explanation import AFFECTED, NOT_AFFECTED
from oakum.model.fact import Package
from oakum.model.layer_facts import LayerFacts, Outcome, Tree
from oakum.model.reading import Known, LayerRead, Opened, Target
from oakum.ports.engines import HeldImage
from oakum.ports.registries import Registry, Source
from oakum.sources.image_name import RegistryImage
from oakum.testing.advisories import KnownAdvisories
from oakum.testing.inventory import advisory, ranged


class _Parser:
    """Sees one Python package in any target."""

    confinement = Confinement()

    def read(
        self,
        target: Target,
        catalogers: tuple[str, ...],
        opened: Callable[[Artifact], Known],
        source: Source | None = None,
    ) -> Iterator[LayerRead]:
        assert source is None
        opened(Artifact(target.reference, target.opener, layers=(Layer(""),)))
        package = Package("pypi", "Jinja2", "2.10", "lib/Jinja2-2.10.dist-info/METADATA")
        outcomes = tuple(
            Outcome(plugin, CATALOGERS.index()[plugin]["version"], (package,) if plugin == "python_dist" else ())
            for plugin in catalogers
        )
        yield LayerRead(0, "", LayerFacts(outcomes=outcomes))

    def take_feeding(self) -> tuple[int, ...]:
        return ()

    def close(self) -> None:
        return


class _NothingKept:
    trouble = ""

    def artifact(self, identity: str) -> Opened | None:
        del identity
        return None

    def put_artifact(self, identity: str, opened: Opened) -> None:
        raise AssertionError(identity, opened)

    def layer(self, digest: str, plugins: Mapping[str, int]) -> tuple[Tree | None, Collection[Outcome]]:
        del digest, plugins
        return None, ()

    def put_layer(self, digest: str, tree: Tree, outcomes: Collection[Outcome]) -> None:
        raise AssertionError(digest, tree, outcomes)


class _NoEngine:
    title = "the Docker engine"

    def __init__(self, name: str) -> None:
        del name

    def here(self) -> bool:
        return False

    def images(self) -> tuple[HeldImage, ...]:
        return ()

    def image(self, name: str) -> HeldImage:
        raise TryLaterError(name, hint="is it running?")

    def save(self, image: HeldImage, platform: str, told: Callable[[int], None]) -> int:
        raise TryLaterError(image.id + platform, str(told))


def _no_registry(image: RegistryImage) -> Registry:
    raise TryLaterError(image.name)


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 1, 3, tzinfo=UTC)


def _ports() -> ScanPorts:
    known = KnownAdvisories([
        advisory("PYSEC-1", "PyPI jinja2", ranged("introduced 0", "fixed 2.10.1"), aliases=("CVE-2026-1",)),
        advisory("PYSEC-2", "PyPI jinja2", ranged("introduced 0", "fixed 2.9"), aliases=("CVE-2026-2",)),
        advisory("GHSA-3", "npm left-pad", ranged("introduced 0"), aliases=("CVE-2026-3",)),
    ])  # fmt: skip
    said: list[str] = []
    reading = ReadingPorts(_Parser(), _NothingKept(), _NoEngine, _no_registry, said.append, said.append)
    return ScanPorts(reading, lambda: known, _Clock())


def test_a_name_of_the_vulnerability_finds_every_record_of_it(tmp_path: Path) -> None:
    explained = explain_finding(f"dir:{tmp_path}", "CVE-2026-1", _ports())
    assert explained.names == ("PYSEC-1",)
    assert [answer.verdict for answer in explained.answers] == [AFFECTED]
    assert explain_finding(f"dir:{tmp_path}", "PYSEC-1", _ports()).answers == explained.answers


def test_a_version_above_the_fix_has_its_reason(tmp_path: Path) -> None:
    (answer,) = explain_finding(f"dir:{tmp_path}", "CVE-2026-2", _ports()).answers
    assert answer.verdict == NOT_AFFECTED
    assert "fixed in 2.9" in answer.why


def test_what_is_not_installed_or_not_known_is_noted(tmp_path: Path) -> None:
    assert "npm do not concern" in explain_finding(f"dir:{tmp_path}", "CVE-2026-3", _ports()).notes[0]
    assert "no record" in explain_finding(f"dir:{tmp_path}", "CVE-2026-4", _ports()).notes[0]


def test_a_name_without_a_prefix_may_have_been_a_path() -> None:
    with pytest.raises(TryLaterError, match=r"no file or folder is named 'app\.tr', and") as raised:
        explain_finding("app.tr", "CVE-2026-1", _ports())
    assert raised.value.hint == "is it running?"
    with pytest.raises(TryLaterError) as plain:
        explain_finding("docker:app.tr", "CVE-2026-1", _ports())
    assert "no file" not in str(plain.value)
