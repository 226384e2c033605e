"""Peak memory of scanning a layer of 4 GiB: ``python -m bench.large_layer [--gib 4] [--most 400]``.

Three images of one layer each, in a folder that is removed again: zeros packed with gzip, zeros packed with zstandard
(30,000 times smaller), and text that compresses five to one. In each lies one file of that size, and behind it a
package that must be found. Memory is the proportional set size summed over all processes (``bench/pss.py``). It ends
with 1 when a scan needs more than ``--most`` MiB, or does not see the package.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator

from bench.pss import measure

from oakum.kit.archive import zstd

_PIECE = 1 << 20
_GIB = 1 << 30
_PACKAGE = b'{"name": "behind", "version": "1.0.0"}'


def zeros() -> bytes:
    """A mebibyte of nothing."""
    return bytes(_PIECE)


def text() -> bytes:
    """A mebibyte that compresses about five to one; the same one each time, from beyond any packer's window."""
    source = random.Random(1)  # noqa: S311 - a benchmark wants the same bytes every time
    words = [bytes(source.choices(b"abcdefghijklmnop", k=9)) for _ in range(3000)]
    return b" ".join(source.choices(words, k=_PIECE // 10)).ljust(_PIECE)[:_PIECE]


def entry(name: str, size: int) -> bytes:
    """The header of a file."""
    about = tarfile.TarInfo(name)
    about.size = size
    return about.tobuf(tarfile.GNU_FORMAT)


def layer(piece: bytes, size: int) -> Iterator[bytes]:
    """The layer's tar in pieces."""
    yield entry("var/large", size)
    for _ in range(size // len(piece)):
        yield piece
    yield entry("app/node_modules/behind/package.json", len(_PACKAGE)) + _PACKAGE.ljust(512, b"\0")
    yield bytes(1024)


def gzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Packed with gzip."""
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 1, packed, mtime=0) as out:
        for piece in pieces:
            out.write(piece)
            yield packed.getvalue()
            packed.seek(0)
            packed.truncate()
    yield packed.getvalue()


def zstandard(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Packed with zstandard, a frame for each piece."""
    return (zstd.compress(piece, 1) for piece in pieces)


def layout(folder: str, packed: Iterator[bytes], kind: str) -> None:
    """An OCI layout of that one layer."""
    blobs = os.path.join(folder, "blobs", "sha256")
    os.makedirs(blobs)
    place, digest = os.path.join(blobs, "new"), hashlib.sha256()
    with open(place, "wb") as file:
        for piece in packed:
            digest.update(piece)
            file.write(piece)
        size = file.tell()
    os.rename(place, os.path.join(blobs, digest.hexdigest()))
    stored = {"mediaType": f"application/vnd.oci.image.layer.v1.tar+{kind}", "size": size}
    config = _put(blobs, {"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": []}})
    layers = [{**stored, "digest": f"sha256:{digest.hexdigest()}"}]
    manifest = _put(blobs, {"schemaVersion": 2, "config": config, "layers": layers})
    with open(os.path.join(folder, "index.json"), "w", encoding="utf-8") as index:
        json.dump({"schemaVersion": 2, "manifests": [manifest]}, index)


def _put(blobs: str, document: object) -> dict[str, object]:
    data = json.dumps(document).encode()
    digest = hashlib.sha256(data).hexdigest()
    with open(os.path.join(blobs, digest), "wb") as file:
        file.write(data)
    return {"digest": f"sha256:{digest}", "size": len(data)}


CASES: dict[str, tuple[Callable[[], bytes], Callable[[Iterator[bytes]], Iterator[bytes]], str]] = {
    "zeros, gzip": (zeros, gzipped, "gzip"),
    "zeros, zstandard": (zeros, zstandard, "zstd"),
    "text, gzip": (text, gzipped, "gzip"),
}


def main() -> int:
    """Measure each."""
    parser = argparse.ArgumentParser(prog="python -m bench.large_layer")
    parser.add_argument("--gib", type=float, default=4, help="size of the layer, unpacked")
    parser.add_argument("--most", type=int, default=400, help="MiB that a scan may take")
    asked = parser.parse_args()
    failed = 0
    for name, (make, pack, kind) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            layout(folder, pack(layer(make(), int(asked.gib * _GIB))), kind)
            command = [sys.executable, "-m", "oakum", "sbom", "-f", "json", f"oci-layout:{folder}"]
            environment = {**os.environ, "OAKUM_CACHE_DIR": os.path.join(folder, "cache")}
            run = measure(command, environment, memory=True)
            environment["OAKUM_CACHE_DIR"] = os.path.join(folder, "another")
            told = json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
        seen = [package["name"] for package in told["packages"]]
        print(f"{name}: {run.peak / 1024:.0f} MiB peak, {run.wall:.1f} s, packages {seen}, exit {run.code}", flush=True)
        failed += run.peak > asked.most * 1024 or seen != ["behind"] or run.code != 0
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
