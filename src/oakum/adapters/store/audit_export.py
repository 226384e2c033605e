"""The signed heads of the audit trail, in a file that is only ever opened to append.

What holds them must be out of the server's reach for the promise to hold: a file that may only grow
(``chattr +a``), or one that another machine takes away. See ``docs/reference/stores.md``.
"""

import base64
import binascii
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from msgspec.structs import replace

from oakum.kit.errors import ConfigurationError, NotPermittedError, UnreadableError
from oakum.kit.limits import AUDIT_LINE_BYTES, KIB
from oakum.model.ledger import AuditEntry, SignedHead, head_words

EVERY: Final = 100
"""Entries of the trail from one signed head to the next."""
_KEY_BYTES: Final = 64 * KIB


class AuditSigner:
    """Signs every so many entries' head and appends it to the export.

    Args:
        path: of the export.
        key: path of the private key; made with its public half beside it (``.pub``) where there is none.
        now: tells the time.
        every: entries from one head to the next.

    Attributes:
        trouble: why the last head could not be exported, or empty.

    Raises:
        NotPermittedError: the key or the export cannot be written.
        ConfigurationError: the key is none.
    """

    def __init__(self, path: str, key: str, now: Callable[[], datetime], every: int = EVERY) -> None:
        """Read the key, and see that the export can be written before anything relies on it."""
        self.trouble = ""
        self._key = _private_key(key)
        self._path, self._now, self._every = path, now, every
        self._lock = threading.Lock()
        _append(path, b"")

    def __call__(self, entry: AuditEntry) -> None:
        """Take note of an entry that is kept; what cannot be exported now is said, and tried with the next one."""
        if entry.number % self._every and not self.trouble:
            return
        try:
            self.sign(entry)
            self.trouble = ""
        except NotPermittedError as error:  # the change is made: whoever asked for it must not be told otherwise
            self.trouble = str(error)

    def sign(self, entry: AuditEntry) -> SignedHead:
        """Sign an entry as the head, now."""
        head = SignedHead(entry.number, entry.hash, self._now().astimezone(UTC).isoformat())
        head = replace(head, signature=base64.b64encode(self._key.sign(head_words(head))).decode())
        with self._lock:
            _append(self._path, msgspec.json.encode(head) + b"\n")
        return head


class ExportFile:
    """Implements ``ports.audit_export.AuditExport``.

    Args:
        path: of the export.
        key: path of the public key that its lines are held to.

    Raises:
        ConfigurationError: the key is none.
    """

    def __init__(self, path: str, key: str) -> None:
        """Read the key."""
        self._path = path
        self._key = _public_key(key)

    def heads(self) -> Iterator[tuple[int, SignedHead | None]]:
        """Each line's number with its head where the signature is genuine, else with None."""
        try:
            with open(self._path, "rb") as file:
                number = 0
                while line := file.readline(AUDIT_LINE_BYTES):
                    number += 1
                    yield number, self._head(line)
        except OSError as error:
            raise UnreadableError(f"{self._path} cannot be read: {error.strerror}") from None

    def _head(self, line: bytes) -> SignedHead | None:
        try:
            head = msgspec.json.decode(line, type=SignedHead)
            self._key.verify(base64.b64decode(head.signature, validate=True), head_words(head))
        except (msgspec.MsgspecError, UnicodeError, binascii.Error, ValueError, InvalidSignature):
            return None
        return head


def _append(path: str, line: bytes) -> None:
    """One write at the end, on the disk when this returns; the file is never read, cut or replaced here."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if line:
                os.write(file, line)
                os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise NotPermittedError(f"{path} cannot be written: {error.strerror}") from None


def _private_key(path: str) -> Ed25519PrivateKey:
    try:
        found = load_pem_private_key(_read(path), None)
    except FileNotFoundError:
        return _make_key(path)
    except (ValueError, TypeError):
        raise ConfigurationError(f"{path} is no private key") from None
    if not isinstance(found, Ed25519PrivateKey):
        raise ConfigurationError(f"{path} is no Ed25519 key")
    return found


def _make_key(path: str) -> Ed25519PrivateKey:
    made = Ed25519PrivateKey.generate()
    private = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        for name, text, mode in ((path, private, 0o600), (f"{path}.pub", public, 0o644)):
            file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
            with os.fdopen(file, "wb") as into:
                into.write(text)
                into.flush()
                os.fsync(into.fileno())
    except OSError as error:
        raise NotPermittedError(f"{path} cannot be written: {error.strerror}") from None
    return made


def _public_key(path: str) -> Ed25519PublicKey:
    try:
        found = load_pem_public_key(_read(path))
    except OSError as error:
        raise ConfigurationError(f"the public key {path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError):
        raise ConfigurationError(f"{path} is no public key") from None
    if not isinstance(found, Ed25519PublicKey):
        raise ConfigurationError(f"{path} is no Ed25519 key")
    return found


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(_KEY_BYTES)
