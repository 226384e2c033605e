"""Signatures and attestations of images: what was proven, by whose key."""

from msgspec import Struct

SIGNATURE = "https://sigstore.dev/cosign/sign/v1"
"""The predicate that is a signature and nothing more."""


class Signed(Struct, frozen=True):
    """Something that a key or an identity vouches for.

    Attributes:
        predicate: type of what is said of the image (in-toto), ``SIGNATURE`` for a signature alone.
        by: ``key:SHA256`` of the public key.
        form: how it is kept: ``tag`` (cosign's tags), ``bundle`` (a Sigstore bundle that refers to the image).
        body: what is said: the predicate as JSON, empty for a signature alone.
    """

    predicate: str
    by: str
    form: str
    body: bytes = b""


class Verified(Struct, frozen=True):
    """What was found at an image.

    Attributes:
        digest: of its manifest.
        signed: what holds.
        refused: what does not, a sentence each.
    """

    digest: str
    signed: tuple[Signed, ...] = ()
    refused: tuple[str, ...] = ()
