"""Keys in PEM files: ECDSA over P-256, P-384 and P-521, RSA from 2,048 bits on, and Ed25519."""

import hashlib
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from oakum.kit.errors import ConfigurationError, DamagedError

_RSA_BITS: Final = 2_048
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "secp256r1": hashes.SHA256(),
    "secp384r1": hashes.SHA384(),
    "secp521r1": hashes.SHA512(),
}

Public = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


class PemPublicKey:
    """Implements ``ports.keys.PublicKey``."""

    def __init__(self, key: Public) -> None:
        """Name it."""
        self._key = key
        form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        self.name = f"key:{hashlib.sha256(key.public_bytes(*form)).hexdigest()}"

    def verifies(self, data: bytes, signature: bytes) -> bool:
        """Whether the signature is of the data and by this key."""
        key = self._key
        try:
            if isinstance(key, ed25519.Ed25519PublicKey):
                key.verify(signature, data)
            elif isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            else:
                key.verify(signature, data, ec.ECDSA(_HASHES[key.curve.name]))
        except InvalidSignature:
            return False
        return True

    def verifies_digest(self, digest: bytes, signature: bytes) -> bool:
        """Whether the signature is by this key and of data with this SHA-256."""
        key, hashed = self._key, Prehashed(hashes.SHA256())
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, digest, padding.PKCS1v15(), hashed)
            elif isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1":
                key.verify(signature, digest, ec.ECDSA(hashed))
            else:
                raise DamagedError("keys of this kind sign no SHA-256 of an artifact: P-256 and RSA do")
        except InvalidSignature:
            return False
        return True


class PemPrivateKey:
    """Implements ``ports.keys.PrivateKey``."""

    def __init__(self, key: Private) -> None:
        """Nothing is signed yet."""
        self._key = key

    @property
    def public(self) -> PemPublicKey:
        """What verifies its signatures."""
        return PemPublicKey(self._key.public_key())

    def sign(self, data: bytes) -> bytes:
        """A signature of the data."""
        key = self._key
        if isinstance(key, ed25519.Ed25519PrivateKey):
            return key.sign(data)
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return key.sign(data, ec.ECDSA(_HASHES[key.curve.name]))


def public_key(data: bytes, name: str) -> PemPublicKey:
    """A public key.

    Raises:
        ConfigurationError: it is none, or of a kind that is not taken.
    """
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise ConfigurationError(f"{name} holds no public key in PEM") from None
    if not isinstance(key, Public) or _is_weak(key):
        raise ConfigurationError(f"{name}: keys are ECDSA (P-256, P-384, P-521), RSA from {_RSA_BITS} bits, Ed25519")
    return PemPublicKey(key)


def private_key(data: bytes, password: bytes | None, name: str) -> PemPrivateKey:
    """A private key, in PKCS#8.

    Raises:
        ConfigurationError: it is none, of a kind that is not taken, or its password is another.
    """
    try:
        key = serialization.load_pem_private_key(data, password)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        what = "with this password" if password else "without a password (OAKUM_KEY_PASSWORD)"
        raise ConfigurationError(f"{name} holds no private key in PKCS#8 that opens {what}") from None
    if not isinstance(key, Private) or _is_weak(key.public_key()):
        raise ConfigurationError(f"{name}: keys are ECDSA (P-256, P-384, P-521), RSA from {_RSA_BITS} bits, Ed25519")
    return PemPrivateKey(key)


def _is_weak(key: Public) -> bool:
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size < _RSA_BITS
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name not in _HASHES
