"""The files that an OCI layout lies in, where links lead out of its folder.

Build tools make layouts whose blobs are links into a store. Whoever made a hostile layout could link a blob to a key
in your home folder, so that a parser which was taken over may read it. So a link out of the layout is followed only as
far as the layout's own names vouch for what it leads to. Nothing here is parsed.
"""

import os
import re
from collections.abc import Iterator
from typing import Final

from oakum.kit.limits import READ_CHUNK
from oakum.model.reading import Target

_NAME: Final = re.compile("[0-9a-f]{64}")
_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


def layout_places(target: Target) -> Iterator[str]:
    """The folder of a layout, and what its links lead to.

    ``index.json`` may lie elsewhere: what it is has to be an index, or nothing further is read. A folder of blobs that
    lies elsewhere gives its files that are named as blobs are, and a blob that is a link of its own counts where its
    content has the digest that it is named by.
    """
    root = os.path.realpath(target.path)
    yield root
    yield from _linked(root, os.path.join(root, "index.json"))
    folder = os.path.join(root, "blobs", "sha256")
    elsewhere = not _below(root, os.path.realpath(folder))
    for name in _names(folder):
        path = os.path.join(folder, name)
        if os.path.islink(path):
            yield from (place for place in _linked(root, path) if _digest(place) == name)
        elif elsewhere and os.path.isfile(path):
            yield path


def holds_blob(target: Target, digest: str) -> bool:
    """Whether a target states that it holds a blob, as far as a look at names tells; True where it does not."""
    if target.opener != "oci_layout":
        return True
    return os.path.isfile(os.path.join(target.path, "blobs", "sha256", digest.removeprefix("sha256:")))


def _names(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if _NAME.fullmatch(name)]
    except OSError:
        return []  # who opens the layout says so


def _linked(root: str, path: str) -> list[str]:
    """The file that a path leads to, where it is one and lies outside."""
    place = os.path.realpath(path)
    return [place] if os.path.isfile(place) and not _below(root, place) else []


def _below(root: str, place: str) -> bool:
    return os.path.commonpath([root, place]) == root


def _digest(path: str) -> str:
    import hashlib  # noqa: PLC0415 - most layouts hold their own blobs, and it loads OpenSSL

    hashed = hashlib.sha256()
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return ""
    try:
        while piece := os.read(descriptor, READ_CHUNK):
            hashed.update(piece)
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    return hashed.hexdigest()
