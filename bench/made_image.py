"""Images of any size, written as streams: what ``bench.growth`` measures on.

Nothing is held in memory but a chunk, so a layer of gigabytes can be made on a small machine; its content packs well,
so that it needs little room.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator

_BLOCK = 512
_LEVEL = 1
_MIB = 1 << 20

Entry = tuple[str, bytes]
"""A path and the content of the file."""


def layout(folder: str, layers: Iterable[Iterable[bytes]]) -> str:
    """Write an OCI layout whose layers are these tars, packed by gzip; give its folder."""
    blobs = os.path.join(folder, "blobs", "sha256")
    os.makedirs(blobs)
    written = [_layer(blobs, tar) for tar in layers]
    rootfs = {"type": "layers", "diff_ids": ["sha256:" + diff_id for _, diff_id, _ in written]}
    config = _small(blobs, {"architecture": "amd64", "os": "linux", "rootfs": rootfs})
    stated = [_descriptor("layer.v1.tar+gzip", digest, size) for digest, _, size in written]
    manifest = {"schemaVersion": 2, "config": _descriptor("config.v1+json", *config), "layers": stated}
    image = _descriptor("manifest.v1+json", *_small(blobs, manifest))
    for name, document in (
        ("index.json", {"schemaVersion": 2, "manifests": [image]}),
        ("oci-layout", {"imageLayoutVersion": "1.0.0"}),
    ):
        with open(os.path.join(folder, name), "w", encoding="ascii") as file:
            json.dump(document, file)
    return folder


def tar(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A tar of regular files."""
    for path, content in entries:
        yield header(path, len(content)) + content + bytes(-len(content) % _BLOCK)
    yield bytes(2 * _BLOCK)


def one_large(path: str, mebibytes: int) -> Iterator[bytes]:
    """A tar with one file, half of it zeros and half of it noise that comes again and again."""
    noise = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(2048))
    piece = (bytes(len(noise)) + noise) * (_MIB // (2 * len(noise)))
    yield header(path, mebibytes * _MIB)
    for _ in range(mebibytes):
        yield piece
    yield bytes(2 * _BLOCK)


def header(path: str, size: int) -> bytes:
    """The header of a regular file (POSIX ustar); 8 GiB and more are written in base 256, as GNU tar does."""
    length = b"%011o\0" % size if size < 1 << 33 else b"\x80" + size.to_bytes(11, "big")
    name = path.encode()
    if len(name) > 100:  # noqa: PLR2004 - the room that the format has
        raise ValueError(f"{path} is too long for these headers")
    fields = name.ljust(100, b"\0"), b"0000644\0" + b"0000000\0" * 2, length, b"%011o\0" % 0, b" " * 8, b"0"
    block = b"".join(fields).ljust(257, b"\0") + b"ustar\x0000"
    block = block.ljust(_BLOCK, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def _layer(blobs: str, pieces: Iterable[bytes]) -> tuple[str, str, int]:
    """Write a layer; its digest, its digest unpacked, its size."""
    packed, plain, size = hashlib.sha256(), hashlib.sha256(), 0
    packer = zlib.compressobj(_LEVEL, wbits=31)
    path = os.path.join(blobs, "new")
    with open(path, "wb") as file:

        def put(data: bytes) -> int:
            packed.update(data)
            return file.write(data)

        for chunk in _gathered(pieces):
            plain.update(chunk)
            size += put(packer.compress(chunk))
        size += put(packer.flush())
    os.replace(path, os.path.join(blobs, packed.hexdigest()))
    return packed.hexdigest(), plain.hexdigest(), size


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces in chunks of a mebibyte or more: a hundred thousand small ones would take longer to pack."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= _MIB:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _small(blobs: str, document: object) -> tuple[str, int]:
    data = json.dumps(document).encode()
    digest = hashlib.sha256(data).hexdigest()
    with open(os.path.join(blobs, digest), "wb") as file:
        file.write(data)
    return digest, len(data)


def _descriptor(kind: str, digest: str, size: int) -> dict[str, object]:
    return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": "sha256:" + digest, "size": size}
