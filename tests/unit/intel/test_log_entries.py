"""Entries of transparency logs, in the forms that Rekor's types have."""

import hashlib
import json
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.intel.envelopes import Sealed, Statement
from oakum.intel.log_entries import Entry, hold_entry, read_entry
from oakum.kit.errors import DamagedError

SIGNATURE = b"signature"
ONCE = b64encode(SIGNATURE).decode()
DIGEST = hashlib.sha256(b"data").hexdigest()


def body(kind: str, version: str, spec: Any) -> bytes:  # noqa: ANN401 - JSON
    return json.dumps({"kind": kind, "apiVersion": version, "spec": spec}).encode()


HASH = {"algorithm": "sha256", "value": DIGEST}
TWICE = b64encode(ONCE.encode()).decode()
RAW = b64encode(bytes.fromhex(DIGEST)).decode()
BODIES = {
    "hashedrekord 1": body("hashedrekord", "0.0.1", {"data": {"hash": HASH}, "signature": {"content": ONCE}}),
    "hashedrekord 2": body(
        "hashedrekord",
        "0.0.2",
        {"hashedRekordV002": {"data": {"algorithm": "SHA2_256", "digest": RAW}, "signature": {"content": ONCE}}},
    ),
    "dsse": body("dsse", "0.0.1", {"payloadHash": HASH, "signatures": [{"signature": ONCE}]}),
    "intoto": body("intoto", "0.0.2", {"content": {"payloadHash": HASH, "envelope": {"signatures": [{"sig": TWICE}]}}}),
}


@pytest.mark.parametrize("name", BODIES)
def test_each_kind_says_what_was_logged(name: str) -> None:
    of_payload = name in {"dsse", "intoto"}
    assert read_entry(BODIES[name]) == Entry(DIGEST, of_payload=of_payload, signature=SIGNATURE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        body("helm", "0.0.1", {}),
        body("dsse", "0.0.1", {"payloadHash": {**HASH, "algorithm": "sha1"}, "signatures": [{"signature": ONCE}]}),
        body("dsse", "0.0.1", {"payloadHash": HASH, "signatures": [{"signature": ONCE}] * 2}),
        body("dsse", "0.0.1", {"payloadHash": HASH, "signatures": [{"signature": "*"}]}),
        body("dsse", "0.0.1", None),
    ],
)
def test_what_is_not_read_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError, match="the log's entry"):
        read_entry(data)


@given(st.binary(max_size=40))
def test_garbage_is_damaged_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read_entry(data)


def test_an_entry_is_of_the_payload_of_the_signed_bytes_or_of_the_artifact() -> None:
    says = Statement("x", ())
    enveloped, bare = Sealed(b"signed", (SIGNATURE,), says, b"data"), Sealed(b"", (SIGNATURE,), says)
    hold_entry(Entry(DIGEST, of_payload=True, signature=SIGNATURE), enveloped, "sha256:0")
    hold_entry(Entry(hashlib.sha256(b"signed").hexdigest(), of_payload=False, signature=SIGNATURE), enveloped, "x")
    hold_entry(Entry(DIGEST, of_payload=False, signature=SIGNATURE), bare, f"sha256:{DIGEST}")
    for entry in (Entry(DIGEST, of_payload=False, signature=SIGNATURE), Entry(DIGEST, of_payload=True, signature=b"")):
        with pytest.raises(DamagedError, match="of another signature"):
            hold_entry(entry, enveloped, "sha256:0")
