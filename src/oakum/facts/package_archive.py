"""What catalogers of packages that lie there as files share: reading no more of one than says what it is."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from oakum.kit.archive.tar import TarWalker
from oakum.kit.archive.walker import FILE
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import KIB, PACKAGE_CONTROL_FILE_BYTES

_CHUNK: Final = 64 * KIB


def piece_of(content: BinaryIO, offset: int, size: int) -> Iterator[bytes]:
    """A stretch of a file, in pieces.

    Raises:
        DamagedError: the file ends before it does.
    """
    content.seek(offset)
    while size:
        piece = content.read(min(size, _CHUNK))
        if not piece:
            raise DamagedError("is cut off")
        size -= len(piece)
        yield piece


def first_file(chunks: Iterator[bytes], name: str) -> bytes:
    """The first file of a name in a tar; nothing behind it is read.

    Raises:
        DamagedError: the tar is broken, or has no such file.
        LimitError: the file is larger than any honest one.
    """
    walker = TarWalker(chunks)
    for path in walker:
        if path == name and walker.kind is FILE:
            if walker.size > PACKAGE_CONTROL_FILE_BYTES:
                raise LimitError(f"its {name} is larger than {PACKAGE_CONTROL_FILE_BYTES} bytes")
            return b"".join(walker.content())
    raise DamagedError(f"holds no {name}")
