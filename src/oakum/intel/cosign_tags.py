"""What cosign keeps under its tags, in the form of a bundle where a certificate signed it.

Source: cosign's signature specification: the annotations of a layer under ``sha256-....sig`` and ``.att``.
"""

import binascii
import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from oakum.intel.envelopes import DSSE, Bundle, Sealed, read_envelope, read_simple
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError

SIGNATURE: Final = "dev.cosignproject.cosign/signature"
CERTIFICATE: Final = "dev.sigstore.cosign/certificate"
CHAIN: Final = "dev.sigstore.cosign/chain"
LOG: Final = "dev.sigstore.cosign/bundle"
TIMESTAMP: Final = "dev.sigstore.cosign/rfc3161timestamp"

_BUNDLE: Final = "application/vnd.dev.sigstore.bundle+json;version=0.1"
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"

Json = dict[str, Any]


def read_tagged(data: bytes, media_type: str, annotations: Mapping[str, object]) -> Sealed | Bundle:
    """A signature or an attestation under a tag.

    Raises:
        DamagedError: it is none.
    """
    said = {key: value for key, value in annotations.items() if isinstance(value, str) and value.isascii()}
    enveloped = media_type == DSSE
    sealed = read_envelope(data) if enveloped else read_simple(data, said.get(SIGNATURE, ""))
    if not said.get(CERTIFICATE):
        return sealed
    content = {"dsseEnvelope": msgspec.json.decode(data)} if enveloped else _message(data, said.get(SIGNATURE, ""))
    chain = [{"rawBytes": one} for one in _certificates(said[CERTIFICATE] + said.get(CHAIN, ""))]
    material: Json = {"x509CertificateChain": {"certificates": chain}}
    material |= {"tlogEntries": [_entry(said[LOG])]} if said.get(LOG) else {}
    material |= {"timestampVerificationData": _timestamps(said[TIMESTAMP])} if said.get(TIMESTAMP) else {}
    bundle = {"mediaType": _BUNDLE, "verificationMaterial": material, **content}
    return Bundle(msgspec.json.encode(bundle), None, LOG in said, b"" if enveloped else data)


def _message(payload: bytes, signature: str) -> Json:
    digest = b64encode(hashlib.sha256(payload).digest()).decode()
    return {"messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": digest}, "signature": signature}}


def _certificates(text: str) -> Iterator[str]:
    """The bodies of PEM blocks, one after the other."""
    for block in text.split(_BEGIN)[1:]:
        yield "".join(block.partition(_END)[0].split())


def _entry(text: str) -> Json:
    """A log's entry with its promise; cosign's tags hold no proof of inclusion."""
    try:
        said = msgspec.json.decode(text, type=Json)
        payload = said["Payload"]
        body = msgspec.json.decode(binascii.a2b_base64(payload["body"]), type=Json)
        return {
            "logIndex": str(payload["logIndex"]),
            "logId": {"keyId": b64encode(bytes.fromhex(payload["logID"])).decode()},
            "kindVersion": {"kind": body.get("kind"), "version": body.get("apiVersion")},
            "integratedTime": str(payload["integratedTime"]),
            "inclusionPromise": {"signedEntryTimestamp": said["SignedEntryTimestamp"]},
            "canonicalizedBody": payload["body"],
        }
    except (*UNDECODABLE, KeyError, TypeError, ValueError, binascii.Error):
        raise DamagedError("the log's entry beside the signature cannot be read") from None


def _timestamps(text: str) -> Json:
    try:
        stamp = msgspec.json.decode(text, type=Json)["SignedRFC3161Timestamp"]
    except (*UNDECODABLE, KeyError):
        raise DamagedError("the timestamp beside the signature cannot be read") from None
    return {"rfc3161Timestamps": [{"signedTimestamp": stamp}]}
