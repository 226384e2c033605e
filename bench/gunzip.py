"""Gunzip alone: the least that any tool must do to an OCI layout, as a limit to measure against.

Every blob is hashed and compared with the digest that names it, and what is gzip is decompressed and dropped. One
thread per core, the largest blob first. Run as ``python bench/gunzip.py OCI_DIR``.
"""

import hashlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from isal import isal_zlib

CHUNK = 1 << 18
GZIP_MAGIC = b"\x1f\x8b"


def read_blob(path: str) -> tuple[bool, int]:
    """Whether the blob is what its name says, and how many bytes it holds decompressed."""
    hashed = hashlib.sha256()
    size = 0
    with open(path, "rb", buffering=0) as blob:
        chunk = blob.read(CHUNK)
        inflate = isal_zlib.decompressobj(31) if chunk.startswith(GZIP_MAGIC) else None
        while chunk:
            hashed.update(chunk)
            size += len(inflate.decompress(chunk)) if inflate else len(chunk)
            chunk = blob.read(CHUNK)
    whole = inflate is None or inflate.eof
    return whole and hashed.hexdigest() == os.path.basename(path), size


def main(layout: str) -> int:
    """Read the layout; 1 when a blob is not what its name says."""
    folder = os.path.join(layout, "blobs", "sha256")
    paths = sorted((os.path.join(folder, name) for name in os.listdir(folder)), key=os.path.getsize, reverse=True)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        results = list(threads.map(read_blob, paths))
    wrong = [path for path, (true, _size) in zip(paths, results, strict=True) if not true]
    for path in wrong:
        print(f"not what its name says: {path}", file=sys.stderr)
    print(sum(size for _true, size in results))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
