"""The forms that signatures come in: DSSE envelopes around in-toto statements, Sigstore bundles, cosign's payloads.

Sources: DSSE 1.0 (pre-authentication encoding), in-toto attestation framework 1.0, Sigstore bundle 0.3, cosign's
signature specification ("Simple Signing").
"""

import binascii
from base64 import b64decode, b64encode
from typing import Any, Final

import msgspec
from msgspec import Struct

from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError
from oakum.model.signature import IN_TOTO, SIGNATURE, to_sign

BUNDLE: Final = "application/vnd.dev.sigstore.bundle.v0.3+json"
SIMPLE: Final = "application/vnd.dev.cosign.simplesigning.v1+json"
DSSE: Final = "application/vnd.dsse.envelope.v1+json"

_BUNDLES: Final = "application/vnd.dev.sigstore.bundle"
_STATEMENT: Final = "https://in-toto.io/Statement/v1"
_STATEMENTS: Final = frozenset({_STATEMENT, "https://in-toto.io/Statement/v0.1"})
_SIMPLE_TYPE: Final = "cosign container image signature"


class Statement(Struct, frozen=True):
    """What is said of an image, by its digest.

    Attributes:
        predicate: type of what is said.
        digests: of the subjects, ``sha256:...``.
        body: the predicate as JSON.
    """

    predicate: str
    digests: tuple[str, ...]
    body: bytes = b""


class Sealed(Struct, frozen=True):
    """Signed bytes.

    Attributes:
        data: what was signed; empty where it is the artifact itself.
        signatures: of it.
        statement: what it says.
        payload: the statement as it was signed, in an envelope.
    """

    data: bytes
    signatures: tuple[bytes, ...]
    statement: Statement
    payload: bytes = b""


class Bundle(Struct, frozen=True):
    """A Sigstore bundle, as far as it says how it is to be verified.

    Attributes:
        data: its bytes.
        sealed: what a key signed; None where a certificate's did.
        logged: it holds entries of transparency logs.
        payload: what a certificate signed where that is a payload of cosign's, which names the image.
    """

    data: bytes
    sealed: Sealed | None = None
    logged: bool = False
    payload: bytes = b""


def statement_of(predicate: str, digest: str, name: str, body: Any) -> bytes:  # noqa: ANN401 - JSON
    """An in-toto statement on an image."""
    subject = {"name": name, "digest": {"sha256": digest.removeprefix("sha256:")}}
    said = {"_type": _STATEMENT, "subject": [subject], "predicateType": predicate, "predicate": body}
    return msgspec.json.encode(said)


def bundle_of(payload: bytes, signature: bytes, hint: str) -> bytes:
    """A Sigstore bundle with a key's signature, without a log."""
    envelope = {
        "payload": b64encode(payload).decode(),
        "payloadType": IN_TOTO,
        "signatures": [{"sig": b64encode(signature).decode()}],
    }
    material = {"publicKey": {"hint": hint}}
    return msgspec.json.encode({"mediaType": BUNDLE, "verificationMaterial": material, "dsseEnvelope": envelope})


def read_bundle(data: bytes) -> Bundle:
    """A bundle by a key or by a certificate.

    Raises:
        DamagedError: it is none, or a key signed nothing that can be judged.
    """
    document = _json(data)
    if not str(document.get("mediaType", "")).startswith(_BUNDLES):
        raise DamagedError("it is no Sigstore bundle")
    material = document.get("verificationMaterial")
    if not isinstance(material, dict):
        raise DamagedError("the bundle does not say by whom it is")
    logged = bool(material.get("tlogEntries"))
    if "publicKey" not in material:
        return Bundle(data, None, logged)
    envelope, message = document.get("dsseEnvelope"), document.get("messageSignature")
    if isinstance(envelope, dict):
        sealed = _envelope(envelope)
        if len(sealed.signatures) != 1:
            raise DamagedError("a bundle's envelope has one signature")
        return Bundle(data, sealed, logged)
    if not isinstance(message, dict):
        raise DamagedError("the bundle holds no statement and no signature")
    return Bundle(data, _message(message), logged)


def read_entries(data: bytes) -> list[bytes]:
    """The bodies of the log entries that a bundle holds.

    Raises:
        DamagedError: one has none.
    """
    material = _json(data).get("verificationMaterial")
    entries = material.get("tlogEntries") if isinstance(material, dict) else None
    found = entries if isinstance(entries, list) else []
    return [_decoded(one.get("canonicalizedBody") if isinstance(one, dict) else None) for one in found]


def read_statement(payload: bytes) -> Statement:
    """An in-toto statement.

    Raises:
        DamagedError: it is none.
    """
    return _statement(payload)


def read_envelope(data: bytes) -> Sealed:
    """A DSSE envelope.

    Raises:
        DamagedError: it is none, or holds no statement.
    """
    return _envelope(_json(data))


def read_simple(payload: bytes, signature: str) -> Sealed:
    """A payload of cosign's, with the signature that stands beside it.

    Raises:
        DamagedError: it is none.
    """
    return Sealed(payload, (_decoded(signature),), read_payload(payload))


def read_payload(payload: bytes) -> Statement:
    """What a payload of cosign's says: that an image is signed.

    Raises:
        DamagedError: it is none.
    """
    critical = _json(payload).get("critical")
    image = critical.get("image") if isinstance(critical, dict) else None
    digest = image.get("docker-manifest-digest") if isinstance(image, dict) else None
    if not isinstance(digest, str) or not isinstance(critical, dict) or critical.get("type") != _SIMPLE_TYPE:
        raise DamagedError("it is no signature of an image")
    return Statement(SIGNATURE, (digest,))


def _message(message: dict[str, Any]) -> Sealed:
    """The signature of an artifact itself; a digest beside it only says which one was meant."""
    noted = message.get("messageDigest")
    digest = _decoded(noted.get("digest")).hex() if isinstance(noted, dict) else ""
    digests = (f"sha256:{digest}",) if digest else ()
    return Sealed(b"", (_decoded(message.get("signature")),), Statement(SIGNATURE, digests))


def _envelope(envelope: dict[str, Any]) -> Sealed:
    payload, kind = _decoded(envelope.get("payload")), str(envelope.get("payloadType", ""))
    listed = envelope.get("signatures")
    signatures = [one.get("sig") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if kind != IN_TOTO or not signatures:
        raise DamagedError("the envelope holds no signed statement")
    return Sealed(to_sign(payload, kind), tuple(map(_decoded, signatures)), _statement(payload), payload)


def _statement(payload: bytes) -> Statement:
    document = _json(payload)
    subjects = document.get("subject")
    if document.get("_type") not in _STATEMENTS or not isinstance(subjects, list):
        raise DamagedError("what is signed is no statement")
    digests = [one.get("digest") for one in subjects if isinstance(one, dict)]
    found = [one["sha256"] for one in digests if isinstance(one, dict) and isinstance(one.get("sha256"), str)]
    predicate = document.get("predicateType")
    if not isinstance(predicate, str) or not found:
        raise DamagedError("the statement names no image, or says nothing")
    return Statement(predicate, tuple(f"sha256:{one}" for one in found), msgspec.json.encode(document.get("predicate")))


def _json(data: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except UNDECODABLE as error:
        raise DamagedError(f"it is no JSON: {error}") from None


def _decoded(text: object) -> bytes:
    try:
        return b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        raise DamagedError("what should be base64 is none") from None
