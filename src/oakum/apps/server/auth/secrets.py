"""Secrets: made here, shown once, kept as what cannot be turned back."""

import hashlib
import hmac
import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

PREFIX: Final = "oakum_"
"""Begins every token, so that scanners for secrets find those that were committed by mistake."""

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 1_000
_BYTES: Final = 32
_hasher: Final = PasswordHasher()


def new_secret() -> str:
    """A token of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def hash_of(secret: str) -> str:
    """What is kept of a token: it is random, so a plain hash is enough and a look-up is one."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def is_same(secret: str, hash_: str) -> bool:
    """Whether a token has a hash, in the same time whatever it is."""
    return bool(hash_) and hmac.compare_digest(hash_of(secret), hash_)


def password_hash(password: str) -> str:
    """What is kept of a password (Argon2id with the library's parameters, RFC 9106)."""
    return _hasher.hash(password)


def is_password(password: str, hash_: str) -> bool:
    """Whether a password is the one that was hashed."""
    try:
        return _hasher.verify(hash_, password)
    except (Argon2Error, InvalidHashError):
        return False
