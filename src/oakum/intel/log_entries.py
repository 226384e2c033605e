"""What an entry of a transparency log says: of which bytes it is, and which signature it was made for.

Sources: Rekor's types ``hashedrekord`` 0.0.1 and 0.0.2, ``dsse`` 0.0.1, ``intoto`` 0.0.2.
"""

import binascii
import hashlib
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from oakum.intel.envelopes import Sealed
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError

Spec = Any


class Entry(Struct, frozen=True):
    """What was logged.

    Attributes:
        hash: SHA-256 in hexadecimal digits.
        of_payload: it is of an envelope's payload; else of the bytes that were signed.
        signature: that was logged.
    """

    hash: str
    of_payload: bool
    signature: bytes


def read_entry(body: bytes) -> Entry:
    """An entry's body.

    Raises:
        DamagedError: it is of a kind that is not known, or not as its kind is.
    """
    try:
        document = msgspec.json.decode(body, type=dict[str, Any])
        kind = f"{document.get('kind')}/{document.get('apiVersion')}"
        if kind not in _KINDS:
            raise DamagedError(f"the log's entry is of the kind {kind[:80]}, which is not read")
        return _KINDS[kind](document["spec"])
    except (*UNDECODABLE, KeyError, IndexError, TypeError, ValueError, binascii.Error):
        raise DamagedError("the log's entry cannot be read") from None


def hold_entry(entry: Entry, sealed: Sealed, digest: str) -> None:
    """Hold an entry to what it should be of: the log may prove another signature than this one (CVE-2022-36056).

    Args:
        entry: of the log.
        sealed: what was signed.
        digest: of the artifact.

    Raises:
        DamagedError: it is of something else.
    """
    signed = hashlib.sha256(sealed.data).hexdigest() if sealed.data else digest.removeprefix("sha256:")
    wanted = hashlib.sha256(sealed.payload).hexdigest() if entry.of_payload else signed
    if entry.hash != wanted or entry.signature not in sealed.signatures:
        raise DamagedError("the log's entry is of another signature")


def _hashed_1(spec: Spec) -> Entry:
    data = spec["data"]["hash"]
    return Entry(_sha256(data), of_payload=False, signature=b64decode(spec["signature"]["content"], validate=True))


def _hashed_2(spec: Spec) -> Entry:
    said = spec["hashedRekordV002"]
    if said["data"]["algorithm"] != "SHA2_256":
        raise ValueError
    digest = b64decode(said["data"]["digest"], validate=True).hex()
    return Entry(digest, of_payload=False, signature=b64decode(said["signature"]["content"], validate=True))


def _dsse(spec: Spec) -> Entry:
    (one,) = spec["signatures"]
    return Entry(_sha256(spec["payloadHash"]), of_payload=True, signature=b64decode(one["signature"], validate=True))


def _intoto(spec: Spec) -> Entry:
    """Its signature is in base64 twice, as the log keeps it."""
    content = spec["content"]
    (one,) = content["envelope"]["signatures"]
    signature = b64decode(b64decode(one["sig"], validate=True), validate=True)
    return Entry(_sha256(content["payloadHash"]), of_payload=True, signature=signature)


def _sha256(said: Spec) -> str:
    if said["algorithm"] != "sha256":
        raise ValueError
    return str(said["value"])


_KINDS: Final[Mapping[str, Callable[[Spec], Entry]]] = {
    "hashedrekord/0.0.1": _hashed_1,
    "hashedrekord/0.0.2": _hashed_2,
    "dsse/0.0.1": _dsse,
    "intoto/0.0.2": _intoto,
}
