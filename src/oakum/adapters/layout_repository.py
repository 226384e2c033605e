"""An OCI image layout as a repository: what signatures are found in it, and where new ones go.

Sources: OCI image specification 1.1, "Image Layout"; the layouts that ``cosign save`` writes.
"""

import fcntl
import hashlib
import os
import re
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

import msgspec

from oakum.adapters.replacing import put_in_place
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError, LimitError, NotPermittedError, TryLaterError, UnreadableError, UsageError
from oakum.kit.limits import MANIFEST_BYTES
from oakum.model.attached import ATTESTATIONS, KIND, REF_NAMES, SIGNATURES, is_attached, is_tag_of_attached

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_KINDS: Final = {".sig": SIGNATURES, ".att": ATTESTATIONS}
_IMAGE_KIND: Final = "dev.cosignproject.cosign/image"
_ENTRIES: Final = 10_000

Json = dict[str, Any]


class LayoutRepository:
    """Implements ``ports.registries.Repository`` over a folder.

    Args:
        folder: with ``oci-layout`` or ``index.json``.
    """

    def __init__(self, folder: str) -> None:
        """Nothing is read yet."""
        self._folder = folder

    def resolve(self, name: str) -> str:
        """The digest that a name means; without a name that of the only image.

        Raises:
            UnreadableError: no entry is named so.
            UsageError: nothing says which image of several.
        """
        entries = self._entries()
        if _DIGEST.fullmatch(name):
            return name
        found = _named(entries, name) if name else [one for one in entries if not _is_attached(one)]
        digests = list(dict.fromkeys(str(one.get("digest", "")) for one in found))
        if not digests:
            raise UnreadableError(f"the layout {self._folder} holds no {name or 'image'}")
        if len(digests) > 1:
            there = [next(iter(_names(one)), str(one.get("digest"))) for one in found]
            raise UsageError("the layout holds several images", f"name one after a colon: {', '.join(there[:20])}")
        return digests[0]

    def document(self, digest: str, *, manifest: bool) -> bytes:
        """A manifest or a small blob, held to its digest."""
        data = self._small(self._path(digest))
        if "sha256:" + hashlib.sha256(data).hexdigest() != digest:
            raise DamagedError(f"the layout's {'manifest' if manifest else 'blob'} {digest} holds something else")
        return data

    def referrers(self, digest: str) -> bytes | None:
        """The index of what names a manifest as its subject, or is listed under the tag that stands for that."""
        found = [one for one in self._entries() if _is_attached(one) and self._subject(one) == digest]
        for one in _named(self._entries(), digest.replace(":", "-", 1)):
            listed = _decoded(self.document(str(one.get("digest", "")), manifest=True), "a list of referrers")
            found += _nodes(listed)
        return msgspec.json.encode({"schemaVersion": 2, "manifests": found})

    def fetch(self, digest: str, size: int, take: Callable[[bytes], None]) -> None:
        """Hand on the bytes of a blob; they may be believed when this returns."""
        del size
        take(self.document(digest, manifest=False))

    def put_blob(self, digest: str, size: int, body: bytes | Callable[[], IO[bytes]]) -> None:
        """Put a blob, unless it is there."""
        del size
        path = self._path(digest)
        if os.path.exists(path):
            return
        if callable(body):
            with body() as stream:
                body = stream.read()
        if "sha256:" + hashlib.sha256(body).hexdigest() != digest:
            raise DamagedError(f"what is to be put is not {digest}")
        self._write(path, body)

    def put_manifest(self, data: bytes, media_type: str, tag: str = "") -> tuple[str, bool]:
        """Put a manifest, and list it; an index of a layout shows what refers to what."""
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        self.put_blob(digest, len(data), data)
        said = _decoded(data, "the manifest")
        entry: Json = {"mediaType": media_type, "digest": digest, "size": len(data)}
        entry |= {key: said[key] for key in ("artifactType", "annotations") if said.get(key)}
        if tag:
            entry["annotations"] = {**entry.get("annotations", {}), REF_NAMES[1]: tag}
        with self._changing() as index:
            kept = [one for one in _nodes(index) if one.get("digest") != digest and (not tag or tag not in _names(one))]
            self._write(self._index, msgspec.json.encode({**index, "manifests": [*kept, entry]}))
        return digest, True

    @property
    def _index(self) -> str:
        return os.path.join(self._folder, "index.json")

    def _entries(self) -> list[Json]:
        entries = _nodes(_decoded(self._small(self._index), f"{self._index}"))
        if len(entries) > _ENTRIES:
            raise LimitError(f"the layout lists more than {_ENTRIES} manifests")
        return entries

    def _subject(self, entry: Json) -> str:
        try:
            manifest = _decoded(self.document(str(entry.get("digest", "")), manifest=True), "a manifest")
        except (UnreadableError, DamagedError, LimitError):
            return ""  # what cannot be read refers to nothing
        subject = manifest.get("subject")
        return str(subject.get("digest", "")) if isinstance(subject, dict) else ""

    def _path(self, digest: str) -> str:
        if not _DIGEST.fullmatch(digest):
            raise DamagedError(f"{digest[:80]!r} is no digest that is read")
        return os.path.join(self._folder, "blobs", "sha256", digest.removeprefix("sha256:"))

    def _small(self, path: str) -> bytes:
        """A file of the layout; a link is not followed, for it may lead to any file of whoever verifies."""
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
        except OSError as error:
            raise UnreadableError(f"{path} cannot be read: {error.strerror}") from None
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableError(f"{path} is no file")
            data = file.read(MANIFEST_BYTES + 1)
        if len(data) > MANIFEST_BYTES:
            raise LimitError(f"{path} is larger than {MANIFEST_BYTES} bytes")
        return data

    @contextmanager
    def _changing(self) -> Iterator[Json]:
        """The index, while nobody else of ours changes it."""
        with _troubles(self._folder):
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                yield _decoded(self._small(self._index), self._index)
            finally:
                os.close(folder)

    def _write(self, path: str, data: bytes) -> None:
        """A file in the place of the old one, in one step."""
        temporary = f"{path}.{os.getpid()}-{threading.get_ident()}.new"
        with _troubles(path):
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
            with os.fdopen(os.open(temporary, flags, 0o644), "wb") as file:
                file.write(data)
            put_in_place(temporary, path)


@contextmanager
def _troubles(path: str) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise NotPermittedError(f"{path} cannot be written: {error.strerror}") from None
    except OSError as error:
        raise TryLaterError(f"{path} cannot be written: {error.strerror}") from None


def _named(entries: list[Json], name: str) -> list[Json]:
    """Entries of a name; cosign's own layouts name the signatures of their only image by a kind."""
    found = [one for one in entries if name in _names(one)]
    kind = _KINDS.get(name[-4:]) if is_tag_of_attached(name) else None
    if found or kind is None or sum(_annotations(one).get(KIND) == _IMAGE_KIND for one in entries) != 1:
        return found
    return [one for one in entries if _annotations(one).get(KIND) == kind]


def _is_attached(entry: Json) -> bool:
    return is_attached(str(entry.get("artifactType") or ""), _annotations(entry))


def _names(entry: Json) -> tuple[str, ...]:
    said = _annotations(entry)
    return tuple(str(said[key]) for key in REF_NAMES if said.get(key))


def _annotations(entry: Json) -> Json:
    said = entry.get("annotations")
    return said if isinstance(said, dict) else {}


def _nodes(value: Json) -> list[Json]:
    found = value.get("manifests")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _decoded(data: bytes, what: str) -> Json:
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except UNDECODABLE as error:
        raise DamagedError(f"{what} cannot be read: {error}") from None
