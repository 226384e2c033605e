"""One set of trust rules at a gate, at the server's and behind a snapshot, over images of a real registry."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from oakum.apps import wiring
from oakum.apps.server.settings import SNAPSHOT
from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.read_policies import criteria_of
from oakum.flows.sign_image import attach_bundle
from oakum.intel.envelopes import statement_of
from oakum.model.fetching import RegistryAsked
from oakum.model.judgement import Judgement
from oakum.model.signature import SIGNATURE
from oakum.sources.image_name import image_name
from oakum.testing.keys import pem_pair
from oakum.testing.own_sigstore import OwnSigstore
from oakum.testing.running_server import RunningServer

from .test_registry import Real, running
from .test_signatures import oakum, pushed

pytestmark = pytest.mark.live("docker-registry", "skopeo")

WHO, ISSUER = "https://git.example/team/app/build.yml@refs/tags/v1", "https://tokens.example"
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
POLICY = """oakum: policy/1
name: trusted
title: trusted
severity: high
when: {not: {trusted: {}}}
then: {build: deny, deploy: deny}
"""
RULES = """oakum: trust/1
trusted_root: root.json
rules:
  - name: by the build
    images: ["HOST/keyless", "HOST/other", "HOST/late"]
    identities: [{identity: "https://git.example/team/*/build.yml@refs/tags/*", issuer: https://tokens.example}]
  - name: by key
    images: ["HOST/keyed", "HOST/bare"]
    keys: [key.pub]
  - {name: by place, images: ["HOST/place"]}
"""
VERDICTS = {
    "keyless": (True, "signature", f"by {WHO} ({ISSUER}) at 2026-03-01T12:00:05Z"),
    "other": (False, "signature", "it is by another identity: https://git.example/else/x.yml"),
    "late": (False, "signature", "its certificate was not valid when it was signed"),
    "keyed": (True, "signature", "by key:"),
    "bare": (False, "signature", "none is there"),
    "place": (True, "registry", "rule 'by place'"),
    "stranger": (False, "registry", "no trust rule speaks of it"),
}


@pytest.fixture(scope="module")
def registry() -> Iterator[Real]:
    with running() as real:
        yield real


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, registry: Real) -> Path:
    tmp_path = tmp_path_factory.mktemp("trust")
    private, public = pem_pair()
    ours = OwnSigstore()
    for name, text in (("key.pem", private), ("key.pub", public), ("policy.yaml", POLICY)):
        (tmp_path / name).write_text(text)
    (tmp_path / "trust.yaml").write_text(RULES.replace("HOST", registry.host))
    (tmp_path / "root.json").write_bytes(ours.trusted_root())
    images = {name: pushed(registry, tmp_path, f"{name}:{name}") for name in VERDICTS}
    signed = oakum(tmp_path, "sign", *images["keyed"], "--key", f"{tmp_path}/key.pem")
    assert signed.returncode == 0, signed.stderr
    _attach(ours, registry, "keyless", WHO)
    _attach(ours, registry, "other", "https://git.example/else/x.yml")
    _attach(ours, registry, "late", WHO, timedelta(hours=1))
    return tmp_path


def _attach(ours: OwnSigstore, registry: Real, name: str, who: str, late: timedelta = timedelta(seconds=5)) -> None:
    image = image_name("registry:x", f"{registry.host}/{name}:{name}", "")
    repository = wiring.repository(image, RegistryAsked(plain=(registry.host,)), write=True)
    digest = repository.resolve(name)
    bundle = ours.statement_bundle(statement_of(SIGNATURE, digest, name, {}), who, ISSUER, AT, late)
    attach_bundle(repository, digest, bundle, SIGNATURE, wiring.clock())


def _verdict(said: Any, name: str) -> None:  # noqa: ANN401 - JSON
    trusted, part, why = VERDICTS[name]
    assert said["trusted"] is trusted, (name, said)
    assert any(one["part"] == part and one["holds"] is trusted and why in one["why"] for one in said["parts"]), said


def test_an_identity_is_verified_at_an_image(registry: Real, home: Path) -> None:
    image = (f"{registry.host}/keyless:keyless", "--plain-http", registry.host)
    who = ("--certificate-identity", WHO, "--certificate-oidc-issuer", ISSUER, "--trusted-root", f"{home}/root.json")
    verified = oakum(home, "verify", *image, *who)
    assert verified.returncode == 0, verified.stderr
    assert f"signed by {WHO} ({ISSUER}) at 2026-03-01T12:00:05Z" in verified.stdout
    assert oakum(home, "verify", image[0].replace("keyless", "other"), *image[1:], *who).returncode == 1
    public = oakum(home, "verify", *image, *who[:4])
    assert (public.returncode, "by no authority of the trusted root" in public.stderr) == (1, True)


def test_the_rules_decide_alike_at_a_gate_at_the_server_and_in_a_snapshot(registry: Real, home: Path) -> None:
    with RunningServer(str(home)) as server:
        admin = server.token("admin", "admin")
        assert server.ask("PUT", "/policies", admin, {"text": POLICY})[0] == 200
        watch = {"host": registry.host, "every": 1, "plain_http": True}
        assert server.ask("PUT", "/registries", admin, [watch])[0] in {200, 204}
        os.environ["OAKUM_TOKEN"] = admin
        try:
            told = oakum(home, "trust", "set", f"{home}/trust.yaml", "--server", server.url)
        finally:
            del os.environ["OAKUM_TOKEN"]
        assert (told.returncode, told.stderr) == (0, "")
        images = _known(server, admin, registry)
        for name, image_id in images.items():
            _verdict(server.ask("GET", f"/images/{image_id}", admin)[1]["trust"], name)
            gate = ("gate", f"registry:{registry.host}/{name}:{name}", "--plain-http", registry.host, "-f", "json")
            here = oakum(home, *gate, "-p", f"{home}/policy.yaml", "--trust", f"{home}/trust.yaml")
            _verdict(json.loads(here.stdout)["trust"], name)
            assert here.returncode == (0 if VERDICTS[name][0] else 1)
            os.environ["OAKUM_TOKEN"] = admin
            there = oakum(home, *gate, "--server", server.url)
            del os.environ["OAKUM_TOKEN"]
            assert there.returncode == here.returncode, there.stderr
            door = _by_snapshot(server, image_id)
            assert door.outcome == ("allow" if VERDICTS[name][0] else "deny")
            _verdict(msgspec.to_builtins(door)["trust"], name)


def _known(server: RunningServer, admin: str, registry: Real) -> dict[str, str]:
    """The ids of all images, once the server has looked at each."""
    until = time.monotonic() + 120
    while True:
        found = {}
        for row in server.ask("GET", "/images", admin)[1]["items"]:
            name = row["name"].removeprefix(f"{registry.host}/").partition(":")[0]
            if server.ask("GET", f"/images/{row['image_id']}", admin)[1]["trust"]:
                found[name] = row["image_id"]
        if found.keys() == VERDICTS.keys():
            return found
        assert time.monotonic() < until, f"{found}\n{server.said()[-3000:]}"
        time.sleep(0.3)


def _by_snapshot(server: RunningServer, image_id: str) -> Judgement:
    """As the engine's and Kubernetes' doors judge: from the snapshot alone, once it holds what was found."""
    until = time.monotonic() + 30
    while True:
        snapshot = wiring.snapshots(f"{server.state}/{SNAPSHOT}").newest()
        subject = snapshot.subject(image_id) if snapshot else None
        if snapshot and subject and subject.trust:
            rules = Rules(snapshot.policies, criteria_of(snapshot.policies), snapshot.waivers)
            return judge(subject, rules, datetime.now(UTC))
        assert time.monotonic() < until, image_id
        time.sleep(0.2)
