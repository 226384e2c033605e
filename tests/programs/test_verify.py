"""``oakum verify`` before it asks a registry: what is wrong with words and keys (the rest: live/test_signatures)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Oakum = Callable[..., Any]

CORPUS = Path(__file__).parents[1] / "corpus" / "cosign"


def test_an_image_may_stand_without_the_word_image(oakum: Oakum) -> None:
    assert "Missing option '--key'" in oakum("verify", "registry.invalid/app:1").err
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
