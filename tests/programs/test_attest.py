"""``oakum attest`` before it asks a registry: what is wrong with words and keys (the rest: live/test_signatures)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Oakum = Callable[..., Any]


def test_a_predicate_that_is_no_json_is_said(oakum: Oakum, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - to make a key
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - as above

    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(ed25519.Ed25519PrivateKey.generate().private_bytes(*form))
    (tmp_path / "p.json").write_text("{")
    words = ("attest", "registry.invalid/app:1", "--key", f"{tmp_path}/key.pem", "--predicate", f"{tmp_path}/p.json")
    ended = oakum(*words, "--type", "vuln")
    assert (ended.code, "is no JSON" in ended.err) == (65, True)
    (tmp_path / "p.json").write_text("{}")
    ended = oakum(*words, "--type", "nothing")
    assert (ended.code, "no type is named 'nothing'" in ended.err) == (64, True)
