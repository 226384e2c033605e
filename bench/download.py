"""Download alone: every layer of an image, read and dropped, as many at a time as there are processors.

Run as ``python bench/download.py HOST:PORT``; it asks for the image ``bench:1``.
"""

import http.client
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

CHUNK = 1 << 18


def read(host: str, path: str, *, keep: bool = False) -> tuple[bytes, int]:
    """A body, or its size alone."""
    connection = http.client.HTTPConnection(host)
    connection.request("GET", f"/v2/bench/{path}")
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        raise SystemExit(f"{path}: {answer.status}")
    size, kept = 0, b""
    while chunk := answer.read(CHUNK):
        size += len(chunk)
        kept += chunk if keep else b""
    return kept, size


def main(host: str) -> None:
    """Download the image; print the bytes of its layers."""
    layers = json.loads(read(host, "manifests/1", keep=True)[0])["layers"]
    largest = sorted(layers, key=lambda layer: -layer["size"])
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        print(sum(size for _, size in threads.map(lambda layer: read(host, f"blobs/{layer['digest']}"), largest)))


if __name__ == "__main__":
    main(sys.argv[1])
