"""The job that looks for signatures: when, and where alone (what it finds: flows/test_verify_fleet)."""

import asyncio
import json
import time

import msgspec
import pytest

from oakum.apps import wiring
from oakum.apps.server.job import Work
from oakum.apps.server.jobs import verify_images as job
from oakum.flows.read_trust import sealed
from oakum.flows.watch_registry import REGISTRIES, WOKEN
from oakum.kit.errors import TryLaterError, UnreadableError
from oakum.model.api import RegistryWatch
from oakum.model.artifact import Artifact
from oakum.model.fleet import FleetImage, TagMove
from oakum.model.inventory import Inventory
from oakum.model.trust import TrustRule, TrustRules
from oakum.testing.keys import pem_pair

KEY = pem_pair()[1]
OURS, OTHER = f"sha256:{1:064}", f"sha256:{2:064}"


class Bare:
    """A repository without signatures; or one that does not answer."""

    def __init__(self) -> None:
        self.asked, self.away = 0, False

    def referrers(self, digest: str) -> bytes:
        del digest
        return json.dumps({"manifests": []}).encode()

    def resolve(self, name: str) -> str:
        self.asked += 1
        if self.away:
            raise TryLaterError("it cannot be reached")
        if name == "1":
            return "sha256:d"
        raise UnreadableError("no such tag")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, work: Work) -> Bare:
    made = Bare()
    monkeypatch.setattr(wiring, "repository", lambda *_, **__: made)
    watch = RegistryWatch("r.example", ("**",), ("*",), every=3600)
    work.ledger.set_setting(REGISTRIES, msgspec.json.encode([watch]).decode())
    for id_, digest in ((OURS, "sha256:d"), (OTHER, "sha256:e")):  # the other one only says that it has the name
        artifact = Artifact("registry:x", "registry", digest, id_, names=("r.example/app:1",))
        work.fleet.keep_image(FleetImage(artifact, Inventory(), ""), [])
    work.fleet.move_tag(TagMove("r.example/app", "1", "sha256:d"))
    return made


def rules(work: Work, *images: str) -> None:
    said = sealed(TrustRules((TrustRule("ours", images, (KEY,)),)))
    work.ledger.set_setting("trust", msgspec.json.encode(said).decode())


def run(work: Work) -> None:
    asyncio.run(job.verify_images.run(work))  # type: ignore[arg-type] # it is a coroutine


def test_without_rules_nobody_looks(work: Work, bare: Bare) -> None:
    run(work)
    assert (bare.asked, work.fleet.trust([OURS, OTHER])) == (0, {})


def test_a_place_vouches_only_for_what_the_registry_itself_points_at(work: Work, bare: Bare) -> None:
    """An engine lets anybody give an image any name, and a gate says what it likes."""
    said = sealed(TrustRules((TrustRule("place", ("r.example/**",)),)))
    work.ledger.set_setting("trust", msgspec.json.encode(said).decode())
    run(work)
    found = work.fleet.trust([OURS, OTHER])
    assert (bare.asked, found[OURS].found.rule, found[OTHER].found.rule) == (0, said.rules[0], None)


def test_only_watched_registries_are_asked(work: Work, bare: Bare) -> None:
    rules(work, "**")
    run(work)
    assert bare.asked > 0
    found = work.fleet.trust([OURS, OTHER])
    assert found[OURS].found.refused == ()
    assert found[OTHER].found.refused == ("no watched registry has it under a tag",)


def test_an_image_is_looked_at_again_when_it_is_time(work: Work, bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(work, "**")
    run(work)
    once = bare.asked
    run(work)
    assert bare.asked == once
    begun = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: begun + 31)
    run(work)
    assert bare.asked == 2 * once
    work.ledger.set_setting(WOKEN, "now")
    run(work)
    assert bare.asked == 3 * once
    rules(work, "r.example/*")
    run(work)
    assert bare.asked == 4 * once
    assert work.fleet.trust([OURS])[OURS].found.rule is not None


def test_a_registry_that_does_not_answer_is_said_and_what_was_found_stays(work: Work, bare: Bare) -> None:
    rules(work, "**")
    run(work)
    before = work.fleet.trust([OURS])
    bare.away = True
    work.ledger.set_setting(WOKEN, "now")
    with pytest.raises(TryLaterError, match="it cannot be reached"):
        run(work)
    assert work.fleet.trust([OURS]) == before
