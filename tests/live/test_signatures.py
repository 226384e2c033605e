"""Signatures and attestations in a real registry, which keeps no referrers, so that they are listed under a tag."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.signed import SIGNED

from oakum.testing.images import Layer, oci_layout

from .test_registry import Real, push, running

pytestmark = pytest.mark.live("docker-registry", "skopeo", "openssl")


@pytest.fixture(scope="module")
def registry() -> Iterator[Real]:
    with running() as real:
        yield real


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    for name, words in (("ours", ("EC", "-pkeyopt", "ec_paramgen_curve:P-256")), ("other", ("ED25519",))):
        made = ["openssl", "genpkey", "-algorithm", *words, "-out", f"{tmp_path}/{name}.pem"]
        subprocess.run(made, check=True, capture_output=True)
        public = ["openssl", "pkey", "-in", f"{tmp_path}/{name}.pem", "-pubout", "-out", f"{tmp_path}/{name}.pub"]
        subprocess.run(public, check=True, capture_output=True)
    return tmp_path


def oakum(tmp_path: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "OAKUM_CACHE_DIR": f"{tmp_path}/cache", "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "oakum", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def pushed(registry: Real, tmp_path: Path, name: str) -> tuple[str, ...]:
    """The image's name, and how this registry is asked."""
    layout = f"{tmp_path}/layout-{name.partition(':')[2]}"
    oci_layout(layout, [Layer(files={"x": name.encode()})])
    push(f"oci:{layout}:latest", registry, name, "--dest-tls-verify=false")
    return (f"{registry.host}/{name}", "--plain-http", registry.host)


def test_an_image_is_signed_verified_and_held_to_a_policy(registry: Real, keys: Path) -> None:
    image = pushed(registry, keys, "app:signed")
    (keys / "p.yaml").write_text(SIGNED)
    gate = ("gate", f"registry:{image[0]}", *image[1:], "-p", f"{keys}/p.yaml")
    unsigned = oakum(keys, "verify", *image, "--key", f"{keys}/ours.pub")
    assert unsigned.returncode == 1
    assert "has no signature by whom is trusted: none is there" in unsigned.stderr
    assert oakum(keys, *gate, "--trusted-key", f"{keys}/ours.pub").returncode == 1
    assert oakum(keys, *gate).returncode == 2  # nobody looked, so it is unknown
    signed = oakum(keys, "sign", *image, "--key", f"{keys}/ours.pem")
    assert signed.returncode == 0, signed.stderr
    by_digest = signed.stdout.strip()
    verified = oakum(keys, "verify", by_digest, *image[1:], "--key", f"{keys}/ours.pub")
    assert (verified.returncode, verified.stdout.startswith(f"{by_digest} signed by key:")) == (0, True)
    assert oakum(keys, *gate, "--trusted-key", f"{keys}/ours.pub").returncode == 0
    other = oakum(keys, "verify", *image, "--key", f"{keys}/other.pub")
    assert other.returncode == 1
    assert "it is by another key" in other.stderr


def test_what_is_said_of_an_image_is_read_back_and_two_signatures_stand_together(registry: Real, keys: Path) -> None:
    image = pushed(registry, keys, "app:attested")
    (keys / "predicate.json").write_text('{"builder": "ours"}')
    words = ("attest", *image, "--type", "slsaprovenance", "--predicate", f"{keys}/predicate.json")
    assert oakum(keys, *words, "--key", f"{keys}/ours.pem").returncode == 0
    assert oakum(keys, "sign", *image, "--key", f"{keys}/other.pem").returncode == 0
    trusted = ("--key", f"{keys}/ours.pub", "--key", f"{keys}/other.pub")
    read: dict[str, Any] = json.loads(oakum(keys, "verify", *image, *trusted, "-f", "json").stdout)
    assert read["verified"]
    assert {one["predicate_type"]: one["predicate"] for one in read["signed"]} == {
        "https://slsa.dev/provenance/v1": {"builder": "ours"},
        "https://sigstore.dev/cosign/sign/v1": None,
    }
    missing = oakum(keys, "verify", *image, *trusted, "--type", "cyclonedx")
    assert missing.returncode == 1
    assert "has no attestation https://cyclonedx.org/bom by whom is trusted" in missing.stderr


def test_a_signature_of_another_image_is_not_counted(registry: Real, keys: Path) -> None:
    """Somebody lists a good signature under a bad image."""
    good, bad = (pushed(registry, keys, name) for name in ("app:good", "app:bad"))
    digests = [oakum(keys, "sign", *image, "--key", f"{keys}/ours.pem").stdout.strip() for image in (good, bad)]
    tags = [one.partition("@")[2].replace(":", "-") for one in digests]
    moved = ["skopeo", "copy", "-q", "--all", "--src-tls-verify=false", "--dest-tls-verify=false"]
    repository = f"docker://{registry.host}/app"
    subprocess.run([*moved, f"{repository}:{tags[0]}", f"{repository}:{tags[1]}"], check=True, capture_output=True)
    verified = oakum(keys, "verify", *bad, "--key", f"{keys}/ours.pub")
    assert verified.returncode == 1
    assert "it is of another image: " in verified.stderr


def test_a_bundle_is_verified_without_a_network(keys: Path) -> None:
    corpus = Path(__file__).parents[1] / "corpus" / "cosign"
    words = ("verify", "bundle", "--bundle", str(corpus / "bundle.json"), "--key", str(corpus / "cosign.pub"))
    image = "sha256:fb0116fffc04785405f416829d62fc3d70c049d499fed0e2f63a4a2b801cc8d0"
    assert oakum(keys, *words, image).returncode == 0
    assert "of another image" in oakum(keys, *words, str(corpus / "simple.json")).stderr
    assert oakum(keys, *words[:4], "--key", f"{keys}/ours.pub", image).returncode == 1
    assert oakum(keys, *words[:4], "--key", f"{keys}/ours.pem", image).returncode == 78
