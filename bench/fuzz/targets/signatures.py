"""What whoever can push, or sends a file, can make a verifier read: bundles, tags of cosign's, trust rules."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bench.fuzz.target import Target, single

from oakum.adapters.chain_root import ChainRoot
from oakum.adapters.sigstore_root import SigstoreRoot
from oakum.flows.read_trust import read_trust
from oakum.intel.cosign_tags import CERTIFICATE, LOG, SIGNATURE, TIMESTAMP, read_tagged
from oakum.intel.envelopes import SIMPLE, read_bundle, statement_of
from oakum.intel.log_entries import read_entry
from oakum.kit.errors import ConfigurationError, DamagedError
from oakum.testing.own_sigstore import OwnSigstore

_IMAGE = "sha256:" + "0" * 64
_WORDS = (b"null", b"[]", b'"AAAA"', b"0.0.1", b"-----BEGIN CERTIFICATE-----", b"\\u2014 ", b"intoto", b"1e999")
_OURS = OwnSigstore()
_ROOT = SigstoreRoot(_OURS.trusted_root(), "root")
_CHAIN = ChainRoot(json.dumps({**json.loads(_OURS.trusted_root()), "tlogs": []}).encode(), "root")
_RULES = b"""oakum: trust/1
rules:
  - {name: ours, images: ["r.example/**"], keys: ["-----BEGIN x"], identities: [{identity: a, issuer: b}]}
"""


def targets() -> Iterator[Target]:
    """Those of this module."""
    refused = (DamagedError,)
    yield single("signature-bundle", _bundles, read_bundle, refused, words=_WORDS)
    yield single("signature-proof", _bundles, lambda data: _ROOT.prove(data, _IMAGE), refused, words=_WORDS)
    yield single("signature-chain", _bundles, lambda data: _CHAIN.prove(data, _IMAGE), refused, words=_WORDS)
    yield single("signature-log", _bundles, _ROOT.logged, refused, words=_WORDS)
    yield single("signature-entry", _entries, read_entry, refused, words=_WORDS)
    yield single("signature-tag", _tags, _tag, refused, words=_WORDS)
    yield single("signature-rules", lambda: [_RULES], _rules, (ConfigurationError,), words=(b"&a", b"*a", b"? ", b"!!"))


def _bundles() -> list[bytes]:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    said = statement_of("x:y", _IMAGE, "app", {})
    who = ("a@example.com", "https://i.example")
    return [_OURS.statement_bundle(said, *who, at, timedelta(0)), _OURS.file_bundle(b"x", *who, at)]


def _entries() -> list[bytes]:
    return [json.dumps({"kind": "dsse", "apiVersion": "0.0.1", "spec": {"payloadHash": {}, "signatures": []}}).encode()]


def _tags() -> list[bytes]:
    log = {
        "SignedEntryTimestamp": "AAAA",
        "Payload": {"body": "e30=", "integratedTime": 1, "logIndex": 1, "logID": "00"},
    }
    stamp = {"SignedRFC3161Timestamp": "AAAA"}
    said = {SIGNATURE: "AAAA", CERTIFICATE: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}
    return [json.dumps({**said, LOG: json.dumps(log), TIMESTAMP: json.dumps(stamp)}).encode()]


def _tag(data: bytes) -> object:
    """The annotations are what varies; the payload beside them is a sound one."""
    try:
        annotations = json.loads(data)
    except (ValueError, RecursionError):
        return None
    image = {"docker-manifest-digest": _IMAGE}
    payload = {"critical": {"type": "cosign container image signature", "image": image}}
    return read_tagged(json.dumps(payload).encode(), SIMPLE, annotations) if isinstance(annotations, dict) else None


def _rules(data: bytes) -> object:
    return read_trust(data, "trust.yaml", lambda name: name)
