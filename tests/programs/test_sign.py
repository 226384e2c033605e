"""``oakum sign`` before it asks a registry: what is wrong with words and keys (the rest: live/test_signatures)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Oakum = Callable[..., Any]


def test_a_key_that_is_none_is_said_before_anything_is_asked(oakum: Oakum, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("no key")
    ended = oakum("sign", "registry.invalid/app:1", "--key", f"{tmp_path}/key.pem")
    assert (ended.code, "holds no private key in PKCS#8" in ended.err) == (78, True)
    assert oakum("sign", "registry.invalid/app:1", "--key", f"{tmp_path}/none.pem").code == 78
