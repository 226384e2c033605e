"""Signatures and attestations of images: what was proven, by whose key."""

from typing import Final

from msgspec import Struct

from oakum.model.trust import TrustRule

SIGNATURE = "https://sigstore.dev/cosign/sign/v1"
"""The predicate that is a signature and nothing more."""

PREDICATES: Final = {
    "slsaprovenance": "https://slsa.dev/provenance/v1",
    "spdxjson": "https://spdx.dev/Document",
    "cyclonedx": "https://cyclonedx.org/bom",
    "vuln": "https://cosign.sigstore.dev/attestation/vuln/v1",
    "openvex": "https://openvex.dev/ns",
}
"""Short names of predicates, as cosign has them."""

IN_TOTO: Final = "application/vnd.in-toto+json"
"""The type of an envelope's payload that is a statement; what is signed as another type is none."""


def to_sign(payload: bytes, payload_type: str = IN_TOTO) -> bytes:
    """DSSE's pre-authentication encoding: what is signed is the type with its payload, never one alone."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


class Signed(Struct, frozen=True):
    """Something that a key or an identity vouches for.

    Attributes:
        predicate: type of what is said of the image (in-toto), ``SIGNATURE`` for a signature alone.
        by: ``key:SHA256`` of the public key, or the identity that a certificate names: a mail address or a URI.
        form: how it is kept: ``tag`` (cosign's tags), ``bundle`` (a Sigstore bundle that refers to the image).
        body: what is said: the predicate as JSON, empty for a signature alone.
        issuer: who says that the identity is that one; empty for a key.
        at: when it was signed, as a log or a timestamp proves (ISO 8601); empty for a key.
    """

    predicate: str
    by: str
    form: str
    body: bytes = b""
    issuer: str = ""
    at: str = ""


class Proven(Struct, frozen=True):
    """What a certificate's signature proves: who, when, and what was signed.

    Attributes:
        identity: that the certificate names.
        issuer: who says so.
        at: when it was signed at the latest (ISO 8601).
        payload: the statement that was signed, which may be empty and then says nothing; None: the artifact itself was.
    """

    identity: str
    issuer: str
    at: str
    payload: bytes | None = None


class Verified(Struct, frozen=True):
    """What was found at an image.

    Attributes:
        digest: of its manifest.
        signed: what holds.
        refused: what does not, a sentence each.
        ruled: trust rules said who is trusted.
        rule: the one that speaks of the image; None: none of them does.
    """

    digest: str
    signed: tuple[Signed, ...] = ()
    refused: tuple[str, ...] = ()
    ruled: bool = False
    rule: TrustRule | None = None
