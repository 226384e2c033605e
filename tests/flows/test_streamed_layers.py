"""A registry's layers through all three processes: stalls, parsers that end, fetchers that end."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from oakum.adapters.parser_process import ParserProcess
from oakum.adapters.registry.fetcher_process import FetcherProcess
from oakum.kit.errors import TryLaterError
from oakum.model import gaps
from oakum.model.artifact import Artifact
from oakum.model.fact import Gap, Package
from oakum.model.fetching import Site, Trust
from oakum.model.reading import Known, LayerRead, Target
from oakum.testing.breaking_parser import DIE, HANG
from oakum.testing.images import Layer, digest_of
from oakum.testing.registry import Answer, FakeRegistry, Seen

PLUGINS = ("node_package",)
BREAKING = "oakum.testing.breaking_parser"
FETCHER = "oakum.apps.registry_fetcher"
FILLER = b"".join(digest_of(bytes([one, two])).encode() for one in range(256) for two in range(256))


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry() as one:
        yield one


def layer(name: str, wire: bytes = b"") -> Layer:
    """A package, behind so much that the layer comes in many pieces, and what ends the parser behind it."""
    evil = {"node_modules/evil/package.json": wire} if wire else {}
    package = {f"node_modules/{name}/package.json": b'{"name": "%s", "version": "1.0.0"}' % name.encode()}
    return Layer(files={"filler": FILLER, **package, **evil}, packing="")


class Scan:
    """One image in a registry, and what reads it."""

    def __init__(
        self, registry: FakeRegistry, folder: Path, layers: list[Layer], stall: float = 20, patience: float = 60
    ) -> None:
        registry.put_image("app", "1", layers)
        site = Site(registry.host, "app", plain=True)
        self.parser = ParserProcess(BREAKING, str(folder), file_seconds=patience)
        self.source = FetcherProcess(FETCHER, "1", lambda: (site,), Trust(), stall_seconds=stall)

    def read(self) -> list[LayerRead]:
        try:
            digest = self.source.resolve(self.parser.take_feeding())
            target = Target("registry:app:1", "registry", "app:1", wanted=digest, platform="linux/amd64")
            found = list(self.parser.read(target, PLUGINS, _nothing, self.source))
            return sorted(found, key=lambda layer: layer.part)
        finally:
            self.parser.close()
            self.source.close()


def _nothing(artifact: Artifact) -> Known:
    del artifact
    return Known({})


def names(layer: LayerRead) -> list[str]:
    return sorted(fact.name for one in layer.facts.outcomes for fact in one.facts if isinstance(fact, Package))


def kinds(layer: LayerRead) -> list[str]:
    every = [*layer.facts.gaps, *(fact for one in layer.facts.outcomes for fact in one.facts)]
    return [fact.kind for fact in every if isinstance(fact, Gap)]


@pytest.mark.parametrize("wire", [DIE, HANG])
def test_a_file_that_ends_the_parser_is_a_gap_and_its_layer_is_asked_for_again(
    registry: FakeRegistry, tmp_path: Path, wire: bytes
) -> None:
    good, bad = layer("a"), layer("b", wire)
    first, second = Scan(registry, tmp_path, [good, bad], patience=3).read()
    assert (names(first), kinds(first), first.digest) == (["a"], [], digest_of(good.packed()))
    assert (names(second), kinds(second), second.digest) == (["b"], [gaps.PARSER_ENDED], digest_of(bad.packed()))
    assert sum(digest_of(bad.packed()) in seen.path for seen in registry.seen) >= 2


@pytest.mark.parametrize("how", [Answer(stall=3600), Answer(drip=0.05)], ids=["stall", "drip"])
def test_a_download_that_stands_still_is_broken_off(registry: FakeRegistry, tmp_path: Path, how: Answer) -> None:
    good, bad = layer("a"), layer("b")
    slow = Answer(body=bad.packed(), stall=how.stall, drip=how.drip)
    registry.lie = lambda seen: slow if digest_of(bad.packed()) in seen.path else None
    first, second = Scan(registry, tmp_path, [good, bad], stall=0.3).read()
    assert (names(first), kinds(first)) == (["a"], [])
    assert (names(second), kinds(second), second.digest) == ([], [gaps.DAMAGED_LAYER], "")
    [gap] = second.facts.gaps
    assert isinstance(gap, Gap)
    assert "stood still" in gap.what


def test_a_registry_that_never_answers_is_said(registry: FakeRegistry, tmp_path: Path) -> None:
    held = threading.Event()

    def lie(_seen: Seen) -> Answer | None:
        held.wait()
        return None

    registry.lie = lie
    try:
        with pytest.raises(TryLaterError, match="stood still"):
            Scan(registry, tmp_path, [layer("a")], stall=0.2).read()
    finally:
        held.set()


def test_a_document_that_stands_still_is_said_and_not_taken_for_the_parsers_fault(
    registry: FakeRegistry, tmp_path: Path
) -> None:
    registry.lie = lambda seen: Answer(body=b"x" * 50, stall=3600) if seen.method == "GET" else None
    with pytest.raises(TryLaterError, match="stood still"):
        Scan(registry, tmp_path, [layer("a")], stall=0.6).read()


def test_a_fetcher_that_ends_is_said(registry: FakeRegistry, tmp_path: Path) -> None:
    scan = Scan(registry, tmp_path, [layer("a")])

    def lie(seen: Seen) -> Answer | None:
        if "/blobs/" in seen.path:
            for child in children() & fetchers():
                os.kill(int(child), signal.SIGKILL)
        return None

    registry.lie = lie
    with pytest.raises(TryLaterError, match="downloads has ended"):
        scan.read()


def test_a_scan_that_is_left_leaves_no_process(registry: FakeRegistry, tmp_path: Path) -> None:
    before = children()
    slow = Answer(body=layer("a").packed(), stall=3600)
    registry.lie = lambda seen: slow if "/blobs/" in seen.path else None
    with pytest.raises(TryLaterError):
        Scan(registry, tmp_path, [layer("a")], stall=0.2).read()
    assert children() == before


def test_a_hard_link_to_what_was_passed_is_read_by_asking_again(registry: FakeRegistry, tmp_path: Path) -> None:
    content = {"filler": FILLER, "store/x": b'{"name": "linked", "version": "1.0.0"}'}
    linked = Layer(files=content, hard_links={"node_modules/linked/package.json": "store/x"}, packing="")
    [read] = Scan(registry, tmp_path, [linked]).read()
    assert (names(read), kinds(read), read.digest) == (["linked"], [], digest_of(linked.packed()))
    assert sum(digest_of(linked.packed()) in seen.path for seen in registry.seen) == 2


def children() -> set[str]:
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children", encoding="ascii") as file:
        return set(file.read().split())


def fetchers() -> set[str]:
    found = set()
    for child in children():
        with open(f"/proc/{child}/cmdline", "rb") as file:
            if FETCHER.encode() in file.read():
                found.add(child)
    return found
