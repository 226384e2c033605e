"""Cataloger of the Node packages in archives of Electron programs."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from oakum.facts.asar_tree import Entry, entries
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.files import File, Files
from oakum.facts.node_manifest import node_manifest
from oakum.kit.errors import LimitError, UnreadableError
from oakum.kit.limits import HELD_BYTES, MANIFEST_BYTES
from oakum.model.fact import Fact

_NAME: Final = "package.json"


@cataloger(version=1, archives=Group(glob="**/*.asar", large=True))
def asar(files: Files) -> Iterator[Fact]:
    """Node packages inside the archive that an Electron program is shipped as.

    Every package.json of the archive is read as if it lay in a folder. What an archive leaves outside
    (``app.asar.unpacked``) lies in folders and is read there. Bundlers put many packages into one script: these leave
    no package.json and are not seen.
    """
    for archive in files.archives:
        with archive.open() as stream:
            for entry, data in _manifests(stream):
                yield from node_manifest(File(f"{archive.path}!/{entry.path}", entry.size, data))


def _manifests(stream: BinaryIO) -> Iterator[tuple[Entry, bytes]]:
    """Every package.json with its content.

    Raises:
        LimitError: one, or all together, are larger than what is read.
        UnreadableError: one lies beyond the end.
    """
    left = HELD_BYTES
    for entry in entries(stream):
        if entry.path.rpartition("/")[2] != _NAME:
            continue
        left -= entry.size
        if entry.size > MANIFEST_BYTES or left < 0:
            raise LimitError(f"{entry.path} is larger than what is read of an archive")
        stream.seek(entry.begin)
        data = stream.read(entry.size)
        if len(data) < entry.size:
            raise UnreadableError(f"{entry.path} lies beyond the end of the archive")
        yield entry, data
