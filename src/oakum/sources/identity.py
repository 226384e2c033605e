"""Whether files are still those that were read: their identity by what the file system says of them.

Hashing two gigabytes takes longer than everything else of a scan whose layers are cached. So
the digests that we hashed are remembered for a file with the same device, inode, size and
times, as git does for its index; whoever can forge a file's change time is root already.
"""

import os
import time

from oakum.model.reading import Target

ARCHIVES = frozenset({"docker_archive", "oci_archive", "tar"})
"""Openers of one file that holds an image."""

_SETTLED = 2_000_000_000
"""A file that changed less than this many nanoseconds ago may change again within the same tick."""


def identity(target: Target) -> str:
    """Names the exact bytes of a target, or is empty where they cannot be told."""
    if target.opener in ARCHIVES and target.descriptor < 0:
        paths = [target.path]
    elif target.opener == "oci_layout":
        paths = _layout(target.path)
    else:
        return ""
    try:
        stamps = [_stamp(path) for path in paths]
    except OSError:
        return ""
    if max(changed for _, changed in stamps) > time.time_ns() - _SETTLED:
        return ""
    return "\n".join([target.opener, target.wanted, target.platform, *(stamp for stamp, _ in stamps)])


def _layout(root: str) -> list[str]:
    blobs = os.path.join(root, "blobs", "sha256")
    try:
        return [os.path.join(root, "index.json"), *(os.path.join(blobs, name) for name in sorted(os.listdir(blobs)))]
    except OSError:
        return [os.path.join(root, "index.json")]


def _stamp(path: str) -> tuple[str, int]:
    status = os.stat(path)
    parts = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return ":".join(map(str, parts)), max(status.st_mtime_ns, status.st_ctime_ns)
