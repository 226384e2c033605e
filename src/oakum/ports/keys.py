"""Keys: what signs, and what verifies; a sync port."""

from typing import Protocol


class PublicKey(Protocol):
    """Verifies.

    Attributes:
        name: ``key:`` and the SHA-256 of its SubjectPublicKeyInfo, in hexadecimal digits.
    """

    name: str

    def verifies(self, data: bytes, signature: bytes) -> bool:
        """Whether the signature is of the data and by this key."""
        ...

    def verifies_digest(self, digest: bytes, signature: bytes) -> bool:
        """Whether the signature is by this key and of data with this SHA-256.

        Raises:
            DamagedError: a key of its kind signs other digests, or the data themselves.
        """
        ...


class PrivateKey(Protocol):
    """Signs."""

    @property
    def public(self) -> PublicKey:
        """What verifies its signatures."""
        ...

    def sign(self, data: bytes) -> bytes:
        """A signature of the data."""
        ...
