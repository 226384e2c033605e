"""Trusted roots: who may vouch for identities, and which logs prove when; a sync port."""

from typing import Protocol

from oakum.model.signature import Proven


class TrustedRoot(Protocol):
    """Verifies bundles without a network: everything that proves them is in them."""

    def prove(self, bundle: bytes, digest: str) -> Proven:
        """Who signed, and when, as a certificate's bundle proves.

        Args:
            bundle: a Sigstore bundle.
            digest: of the artifact, which is asked for where the artifact itself was signed.

        Raises:
            DamagedError: something about it does not hold; each kind of trouble has its own sentence.
        """
        ...

    def logged(self, bundle: bytes) -> None:
        """Hold the log's entry of a key's bundle to the logs.

        Raises:
            DamagedError: the entry is by another log, was changed, or is of something else.
        """
        ...
