"""A registry that serves one OCI layout at a limited rate, to all connections together.

Run as ``python bench/slow_registry.py OCI_DIR BYTES_PER_SECOND``; it prints its port and serves until it is ended. The
bytes go from the page cache to the socket by sendfile, so that it takes as little of the processors as it can.
"""

import hashlib
import http.server
import json
import os
import sys
import threading
import time

CHUNK = 128 * 1024
CATCH_UP = 0.02
"""Seconds that a sleep which took too long may be made up for, so that the rate is what it is called."""
MANIFEST = "application/vnd.oci.image.manifest.v1+json"


class Rate:
    """Lets so many bytes pass in a second, whoever asks."""

    def __init__(self, rate: float) -> None:
        """Let the first byte pass at once."""
        self.rate = rate
        self.free = 0.0
        self.lock = threading.Lock()

    def wait(self, size: int) -> None:
        """Wait until so many bytes may pass."""
        with self.lock:
            begin = max(self.free, time.monotonic() - CATCH_UP)
            self.free = begin + size / self.rate
        time.sleep(max(0.0, self.free - time.monotonic()))


class Asked(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are written apart, as by no real registry
    folder: str
    manifest: bytes
    rate: Rate

    def do_GET(self) -> None:
        """A manifest or a blob, whole."""
        if "/manifests/" in self.path:
            self.head(len(self.manifest), MANIFEST)
            self.wfile.write(self.manifest if self.command == "GET" else b"")
            return
        path = os.path.join(self.folder, "blobs", "sha256", os.path.basename(self.path).removeprefix("sha256:"))
        with open(path, "rb", buffering=0) as blob:
            size = os.fstat(blob.fileno()).st_size
            self.head(size, "application/octet-stream")
            self.wfile.flush()
            at = 0
            while at < size:
                self.rate.wait(min(CHUNK, size - at))
                at += os.sendfile(self.connection.fileno(), blob.fileno(), at, min(CHUNK, size - at))

    do_HEAD = do_GET  # noqa: N815 - as the library calls it

    def head(self, size: int, kind: str) -> None:
        """Status and headers."""
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.send_header("Content-Type", kind)
        self.send_header("Docker-Content-Digest", "sha256:" + hashlib.sha256(self.manifest).hexdigest())
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Say nothing."""


def main(folder: str, rate: float) -> None:
    """Serve the layout's first image."""
    with open(os.path.join(folder, "index.json"), "rb") as index:
        digest = json.load(index)["manifests"][0]["digest"]
    with open(os.path.join(folder, "blobs", "sha256", digest[7:]), "rb") as manifest:
        fixed = {"folder": folder, "manifest": manifest.read(), "rate": Rate(rate)}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Served", (Asked,), fixed))
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
