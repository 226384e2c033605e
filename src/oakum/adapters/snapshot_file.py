"""Snapshots as one file that is mapped into memory: written whole, taken over by rename, read where it is asked.

``OAKSNAP1``, the length of the head (8 bytes, big-endian), the head (msgpack: time, age, policies, waivers,
index of the images), and one blob per image (zstandard over msgpack). A gate that has mapped the old
file keeps it until it has mapped the new one, so that there is no moment without an answer.
"""

import hashlib
import mmap
import os
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec
from msgspec import Struct

from oakum.kit.archive import zstd
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.limits import MIB
from oakum.model.policy import Policy
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver

_MAGIC: Final = b"OAKSNAP1"
_HEAD_AT: Final = len(_MAGIC) + 8
_SUBJECT_BYTES: Final = 256 * MIB
_KEPT: Final = 64
"""Subjects that stay decoded; a fleet starts the same few images again and again."""


class _Head(Struct, frozen=True):
    """What stands at the beginning."""

    made: int
    greatest_age: int
    policies: tuple[Policy, ...]
    waivers: tuple[Waiver, ...]
    images: dict[str, tuple[int, int]]
    names: dict[str, str] = {}
    digest: str = ""


def write_snapshot(
    path: str,
    subjects: Iterable[Subject],
    rules: tuple[tuple[Policy, ...], tuple[Waiver, ...]],
    times: tuple[int, int],
) -> str:
    """Write a snapshot in the place of the one at a path; give its digest.

    Args:
        path: of the file.
        subjects: one per image.
        rules: policies, waivers.
        times: when it is made and the greatest age, in seconds.
    """
    blobs, images, names, at = [], {}, {}, 0
    digest = hashlib.sha256()
    for subject in subjects:
        blob = zstd.compress(msgspec.msgpack.encode(subject), 3)
        digest.update(blob)
        blobs.append(blob)
        images.update(dict.fromkeys(_digests(subject), (at, len(blob))))
        names.update(_names(subject))
        at += len(blob)
    policies, waivers = rules
    digest.update(msgspec.msgpack.encode((policies, waivers), order="deterministic"))
    head = msgspec.msgpack.encode(_Head(*times, policies, waivers, images, names, f"sha256:{digest.hexdigest()}"))
    temporary = f"{path}.{os.getpid()}.tmp"
    with open(temporary, "wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "big") + head)
        file.writelines(blobs)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    return f"sha256:{digest.hexdigest()}"


class MappedSnapshot:
    """Implements ``ports.snapshots.Snapshot``."""

    def __init__(self, path: str) -> None:
        """Map the file.

        Raises:
            OSError, ValueError: it cannot be read, or is no snapshot.
        """
        with open(path, "rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        if self._data[: len(_MAGIC)] != _MAGIC:
            raise ValueError("it is no snapshot")
        self._blobs = _HEAD_AT + int.from_bytes(self._data[len(_MAGIC) : _HEAD_AT], "big")
        head = msgspec.msgpack.decode(self._data[_HEAD_AT : self._blobs], type=_Head)
        self.made, self.greatest_age, self.digest = head.made, head.greatest_age, head.digest
        self.policies, self.waivers = head.policies, head.waivers
        self._images, self._named = head.images, head.names
        self._decoded = lru_cache(_KEPT)(self._decode)

    def subject(self, name: str) -> Subject | None:
        """What is known of an image."""
        place = self._images.get(name) or self._images.get(name.rpartition("@")[2])
        return self._decoded(*place) if place else None

    def digest_of(self, reference: str) -> str:
        """What a name with a tag meant when the snapshot was made."""
        return self._named.get(reference, "")

    def _decode(self, at: int, length: int) -> Subject:
        blob = self._data[self._blobs + at : self._blobs + at + length]
        return msgspec.msgpack.decode(zstd.ZstdDecompressor().decompress(blob, _SUBJECT_BYTES), type=Subject)


class SnapshotFile:
    """Implements ``ports.snapshots.Snapshots``: looks whether the file was replaced, which costs one system call.

    Args:
        path: of the file.
    """

    def __init__(self, path: str) -> None:
        """Nothing is read yet."""
        self._path = path
        self._seen: tuple[int, int, int] = (0, 0, 0)
        self._newest: MappedSnapshot | None = None

    def newest(self) -> MappedSnapshot | None:
        """The newest one; a new file that cannot be read leaves the old one in its place, and its age tells."""
        try:
            found = os.stat(self._path)
            seen = (found.st_dev, found.st_ino, found.st_mtime_ns)
            if seen != self._seen:
                self._newest = MappedSnapshot(self._path)
                self._seen = seen
        except (OSError, ValueError, *UNDECODABLE):
            return self._newest
        return self._newest


def _digests(subject: Subject) -> list[str]:
    artifact = subject.artifact
    return [name for name in (artifact.image_id, artifact.digest) if name] if artifact else []


def _names(subject: Subject) -> dict[str, str]:
    """The names that the image bore; a tag may point elsewhere by now, so only gates that have nothing better ask."""
    artifact = subject.artifact
    if artifact is None:
        return {}
    stated = (*artifact.names, artifact.reference.partition(":")[2])
    return dict.fromkeys((name for name in stated if name), artifact.image_id)
