"""The advisories that come with the program: unpacked once, or in memory where nothing can be kept."""

import hashlib
import os
from typing import Final

from oakum.adapters.sqlite.advisories import AdvisoryDatabase
from oakum.adapters.sqlite.advisory_tables import SchemeOf
from oakum.kit.errors import ConfigurationError

_UNPACKED_BYTES: Final = 256 * 1024 * 1024
_DIGITS: Final = 16


def open_starter(packed: str, cache: str, scheme_of: SchemeOf) -> AdvisoryDatabase:
    """Open the starter data, unpacked in the cache folder under the hash of the packed file; in memory without one.

    Raises:
        ConfigurationError: the packed file is damaged.
    """
    try:
        with open(packed, "rb") as file:
            content = file.read()
    except OSError as error:
        raise ConfigurationError(f"the starter data {packed} cannot be read: {error.strerror}") from error
    if not cache:
        return AdvisoryDatabase.in_memory(_unpacked(content, packed), packed, scheme_of)
    path = os.path.join(cache, f"starter-{hashlib.sha256(content).hexdigest()[:_DIGITS]}.db")
    try:
        return AdvisoryDatabase(path, scheme_of)
    except ConfigurationError:  # not there yet, or somebody damaged it
        unpacked = _unpacked(content, packed)
    if _keep(unpacked, path):
        return AdvisoryDatabase(path, scheme_of)
    return AdvisoryDatabase.in_memory(unpacked, packed, scheme_of)


def _unpacked(content: bytes, name: str) -> bytes:
    from oakum.kit.archive import zstd  # noqa: PLC0415 - needed once per installation

    try:
        return zstd.ZstdDecompressor().decompress(content, _UNPACKED_BYTES)
    except zstd.ZstdError as error:
        raise ConfigurationError(f"the starter data {name} are damaged: {error}") from error


def _keep(content: bytes, path: str) -> bool:
    """Put a file in its place in one step; false where the place is full or cannot be written."""
    temporary = f"{path}.{os.getpid()}.new"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(temporary, "wb", opener=_private) as file:
            file.write(content)
        os.replace(temporary, path)
    except OSError:
        _drop(temporary)
        return False
    _drop_others(path)
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _drop_others(path: str) -> None:
    """Remove what earlier versions of the program unpacked."""
    folder, own = os.path.split(path)
    for name in os.listdir(folder):
        if name.startswith("starter-") and name.endswith(".db") and name != own:
            _drop(os.path.join(folder, name))


def _drop(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
