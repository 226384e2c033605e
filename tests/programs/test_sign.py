"""``oakum sign`` before it asks a registry: what is wrong with words and keys (the rest: live/test_signatures)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.signed import SIGNED

from oakum.testing.images import Layer, oci_layout
from oakum.testing.keys import pem_pair

Oakum = Callable[..., Any]


def test_a_key_that_is_none_is_said_before_anything_is_asked(oakum: Oakum, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("no key")
    ended = oakum("sign", "registry.invalid/app:1", "--key", f"{tmp_path}/key.pem")
    assert (ended.code, "holds no private key in PKCS#8" in ended.err) == (78, True)
    assert oakum("sign", "registry.invalid/app:1", "--key", f"{tmp_path}/none.pem").code == 78


def test_an_image_in_a_layout_is_signed_verified_scanned_and_held_to_rules(oakum: Oakum, tmp_path: Path) -> None:
    private, public = pem_pair()
    for name, text in (("key.pem", private), ("key.pub", public), ("policy.yaml", SIGNED)):
        (tmp_path / name).write_text(text)
    oci_layout(f"{tmp_path}/layout", [Layer(files={"x": b"x"})])
    image = f"oci-layout:{tmp_path}/layout"
    gate = ("gate", image, "-p", f"{tmp_path}/policy.yaml", "--trusted-key", f"{tmp_path}/key.pub")
    assert oakum(*gate).code == 1
    assert "none is there" in oakum("verify", image, "--key", f"{tmp_path}/key.pub").err
    signed = oakum("sign", image, "--key", f"{tmp_path}/key.pem")
    assert signed.code == 0, signed.err
    by_digest = signed.out.decode().strip()
    assert by_digest.startswith(f"{image}:sha256:")
    verified = oakum("verify", by_digest, "--key", f"{tmp_path}/key.pub")
    assert (verified.code, verified.out.decode().startswith(f"{by_digest} signed by key:")) == (0, True)
    assert oakum(*gate).code == 0, oakum(*gate).err
    assert oakum("scan", image, "-f", "json").code == 0
