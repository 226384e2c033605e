"""Verify one signature: by a key, or by a certificate that names an identity."""

import hashlib
from typing import Final

from msgspec import Struct

from oakum.decisions.globs import fits
from oakum.intel.envelopes import Bundle, Sealed, Statement, read_entries, read_payload, read_statement
from oakum.intel.log_entries import hold_entry, read_entry
from oakum.kit.errors import DamagedError
from oakum.model.signature import SIGNATURE, Proven, Signed
from oakum.model.trust import Identity
from oakum.ports.keys import PublicKey
from oakum.ports.trusted_roots import TrustedRoot

_NOTHING: Final = frozenset({b"null", b"{}"})
_SHOWN: Final = 3


class Trusted(Struct, frozen=True):
    """Who is trusted.

    Attributes:
        keys: their signatures hold.
        identities: whose certificates' signatures hold.
        root: which authorities and logs prove that; None: certificates prove nothing.
    """

    keys: tuple[PublicKey, ...] = ()
    identities: tuple[Identity, ...] = ()
    root: TrustedRoot | None = None


def vouched(found: Sealed | Bundle, digest: str, trusted: Trusted, form: str) -> Signed:
    """What one signature vouches for.

    Args:
        found: an envelope, a payload of cosign's, or a bundle.
        digest: of the artifact.
        trusted: who is.
        form: how it is kept.

    Raises:
        DamagedError: it is of another artifact, by nobody who is trusted, or does not hold.
    """
    if isinstance(found, Sealed):
        return _by_key(found, digest, trusted, form)
    if found.sealed is None:
        return _by_identity(found, digest, trusted, form)
    signed = _by_key(found.sealed, digest, trusted, form)
    if found.logged and trusted.root is not None:
        trusted.root.logged(found.data)
        for body in read_entries(found.data):
            hold_entry(read_entry(body), found.sealed, digest)
    return signed


def _by_key(sealed: Sealed, digest: str, trusted: Trusted, form: str) -> Signed:
    _hold_digest(sealed.statement, digest)
    for key in trusted.keys:
        if any(_verifies(key, sealed, signature, digest) for signature in sealed.signatures):
            return _signed(sealed.statement, key.name, form)
    raise DamagedError("it is by another key, or what was signed was changed")


def _verifies(key: PublicKey, sealed: Sealed, signature: bytes, digest: str) -> bool:
    if sealed.data:
        return key.verifies(sealed.data, signature)
    return key.verifies_digest(bytes.fromhex(digest.removeprefix("sha256:")), signature)


def _by_identity(bundle: Bundle, digest: str, trusted: Trusted, form: str) -> Signed:
    if trusted.root is None:
        raise DamagedError("it is by a certificate, and no trusted root says which certificates count")
    payload = bundle.payload
    proven = trusted.root.prove(bundle.data, f"sha256:{hashlib.sha256(payload).hexdigest()}" if payload else digest)
    if proven.payload is not None:
        statement = read_statement(proven.payload)
    else:
        statement = read_payload(payload) if payload else Statement(SIGNATURE, (digest,))
    _hold_digest(statement, digest)
    _hold_identity(proven, trusted.identities)
    return _signed(statement, proven.identity, form, (proven.issuer, proven.at))


def _hold_digest(statement: Statement, digest: str) -> None:
    if statement.digests and digest not in statement.digests:
        raise DamagedError(f"it is of another image: {', '.join(statement.digests[:_SHOWN])}")


def _hold_identity(proven: Proven, identities: tuple[Identity, ...]) -> None:
    named = [one for one in identities if fits([one.identity])(proven.identity)]
    if not named:
        raise DamagedError(f"it is by another identity: {proven.identity} (issuer {proven.issuer})")
    if not any(fits([one.issuer])(proven.issuer) for one in named):
        raise DamagedError(f"it is by {proven.identity} of another issuer: {proven.issuer}")


def _signed(statement: Statement, by: str, form: str, proof: tuple[str, str] = ("", "")) -> Signed:
    body = b"" if statement.body in _NOTHING else statement.body
    return Signed(statement.predicate, by, form, body, *proof)
