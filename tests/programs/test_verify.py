"""``oakum verify`` before it asks a registry: what is wrong with words and keys (the rest: live/test_signatures)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from oakum.testing.own_sigstore import OwnSigstore

Oakum = Callable[..., Any]

CORPUS = Path(__file__).parents[1] / "corpus" / "cosign"


def test_an_image_may_stand_without_the_word_image(oakum: Oakum) -> None:
    assert "give either --key" in oakum("verify", "registry.invalid/app:1").err
    assert "bundle" in oakum("verify", "--help").out.decode()


def test_a_bundle_that_is_none_and_a_key_that_is_none(oakum: Oakum, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("{}")
    digest = "sha256:" + "0" * 64
    key = ("--key", str(CORPUS / "cosign.pub"))
    ended = oakum("verify", "bundle", "--bundle", f"{tmp_path}/b.json", *key, digest)
    assert (ended.code, "it is no Sigstore bundle" in ended.err) == (1, True)
    assert (
        oakum("verify", "bundle", "--bundle", str(CORPUS / "bundle.json"), "--key", f"{tmp_path}/b.json", digest).code
        == 78
    )
    assert oakum("verify", "bundle", "--bundle", str(CORPUS / "bundle.json"), *key, f"{tmp_path}/none").code == 65


WHO, ISSUER = "https://git.example/app/build.yml@refs/tags/v1", "https://tokens.example"


def test_a_bundle_by_an_identity_is_verified_without_a_network(oakum: Oakum, tmp_path: Path) -> None:
    ours = OwnSigstore()
    (tmp_path / "root.json").write_bytes(ours.trusted_root())
    (tmp_path / "other.json").write_bytes(OwnSigstore().trusted_root())
    (tmp_path / "a.txt").write_bytes(b"hello")
    at = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    (tmp_path / "b.json").write_bytes(ours.file_bundle(b"hello", WHO, ISSUER, at))
    words = ("verify", "bundle", "--bundle", f"{tmp_path}/b.json", "--certificate-identity")
    who = (WHO, "--certificate-oidc-issuer", ISSUER)
    ended = oakum(*words, *who, "--trusted-root", f"{tmp_path}/root.json", f"{tmp_path}/a.txt")
    assert (ended.code, ended.err) == (0, "")
    assert f"signed by {WHO} ({ISSUER}) at 2026-03-01T12:00:00Z" in ended.out.decode()
    refused = oakum(*words, *who, "--trusted-root", f"{tmp_path}/other.json", f"{tmp_path}/a.txt")
    assert (refused.code, "by no authority of the trusted root" in refused.err) == (1, True)
    off = oakum(*words, "bob@example.com", *who[1:], "--trusted-root", f"{tmp_path}/root.json", f"{tmp_path}/a.txt")
    assert (off.code, "it is by another identity" in off.err) == (1, True)
    (tmp_path / "a.txt").write_bytes(b"changed")
    changed = oakum(*words, *who, "--trusted-root", f"{tmp_path}/root.json", f"{tmp_path}/a.txt")
    assert (changed.code, "it is of another artifact" in changed.err) == (1, True)
    none = oakum(*words, *who, "--trusted-root", f"{tmp_path}/a.txt", f"{tmp_path}/a.txt")
    assert (none.code, "is no trusted root" in none.err) == (78, True)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--certificate-identity", WHO),
        ("--certificate-oidc-issuer", ISSUER, "--trusted-root", "r"),
        ("--key", "k", "--certificate-identity", WHO, "--certificate-oidc-issuer", ISSUER, "--trusted-root", "r"),
    ],
)
def test_who_is_trusted_is_said_whole_and_once(oakum: Oakum, words: tuple[str, ...]) -> None:
    ended = oakum("verify", "bundle", "--bundle", str(CORPUS / "bundle.json"), *words, "sha256:" + "0" * 64)
    assert (ended.code, "certificate" in ended.err) == (64, True)
