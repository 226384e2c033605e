"""Envelopes by cosign 3.1.3 and by us; and what is none."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.adapters.pem_keys import public_key
from oakum.flows.verify_signature import Trusted, vouched
from oakum.intel.envelopes import Bundle, Sealed, read_bundle, read_envelope, read_simple, statement_of
from oakum.kit.errors import DamagedError
from oakum.model.signature import SIGNATURE, to_sign

CORPUS = Path(__file__).parents[2] / "corpus" / "cosign"
IMAGE = "sha256:fb0116fffc04785405f416829d62fc3d70c049d499fed0e2f63a4a2b801cc8d0"
KEY = public_key((CORPUS / "cosign.pub").read_bytes(), "cosign.pub")
TRUSTED = Trusted((KEY,))


def simple() -> Sealed:
    return read_simple((CORPUS / "simple.json").read_bytes(), (CORPUS / "simple.signature").read_text().strip())


def bundle() -> Bundle:
    return read_bundle((CORPUS / "bundle.json").read_bytes())


@pytest.mark.parametrize("made", [simple, bundle])
def test_what_cosign_signed_holds_for_its_image_and_for_no_other(made: Any) -> None:  # noqa: ANN401 - one of the two
    assert vouched(made(), IMAGE, TRUSTED, "x").predicate == SIGNATURE
    with pytest.raises(DamagedError, match="of another image: sha256:fb01"):
        vouched(made(), "sha256:" + "0" * 64, TRUSTED, "x")
    with pytest.raises(DamagedError, match="by another key"):
        vouched(made(), IMAGE, Trusted(), "x")


def test_a_changed_payload_is_found_out() -> None:
    document = json.loads((CORPUS / "bundle.json").read_text())
    other = statement_of(SIGNATURE, "sha256:" + "1" * 64, "x", {})
    document["dsseEnvelope"]["payload"] = b64encode(other).decode()
    with pytest.raises(DamagedError, match="what was signed was changed"):
        vouched(read_bundle(json.dumps(document).encode()), "sha256:" + "1" * 64, TRUSTED, "x")


def test_the_type_is_signed_with_the_payload() -> None:
    assert to_sign(b"hello world", "http://example.com/HelloWorld") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "no Sigstore bundle"),
        ({"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json"}, "does not say by whom"),
        (
            {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {"publicKey": {}}},
            "no statement and no signature",
        ),
    ],
)
def test_what_is_no_bundle_by_a_key_is_said(document: dict[str, Any], said: str) -> None:
    with pytest.raises(DamagedError, match=said):
        read_bundle(json.dumps(document).encode())


KEYS = ["mediaType", "verificationMaterial", "publicKey", "dsseEnvelope", "payload", "payloadType", "signatures", "sig"]
KEYS += ["_type", "subject", "digest", "sha256", "predicateType", "critical", "image", "docker-manifest-digest", "type"]
JSON = st.recursive(
    st.one_of(st.none(), st.integers(), st.sampled_from(["", "e30=", "application/vnd.in-toto+json", "*"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=12,
)


@given(st.one_of(st.binary(max_size=50), JSON.map(lambda one: json.dumps(one).encode())))
def test_anything_else_is_damaged_and_nothing_worse(data: bytes) -> None:
    for read in (read_bundle, read_envelope, lambda one: read_simple(one, "e30=")):
        try:
            read(data)
        except DamagedError:
            continue
