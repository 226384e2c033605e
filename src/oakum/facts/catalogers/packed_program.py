"""Cataloger of programs that are packed, so that nothing in them can be seen."""

from collections.abc import Iterator
from typing import Final

from oakum.facts.cataloger import Content, cataloger
from oakum.facts.files import Files
from oakum.model import gaps
from oakum.model.fact import Fact, Gap

_MARKER: Final = b"UPX!"
_ALIGN: Final = 4
_FORMS: Final = range(10, 32)
"""Versions of UPX's format: 13 is that of UPX 3 and 4, and none has been beyond 14."""


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=_MARKER.hex(), head=True))
def packed_program(files: Files) -> Iterator[Fact]:
    """Programs packed with UPX: what they hold is a gap.

    Build information of Go, lists of crates and versions are inside what is packed and cannot be seen. UPX writes
    its mark behind the program headers (``l_info`` in its p_unix.h: a checksum, the mark, the size of the
    loader, the version of the format).
    """
    for file in files.programs:
        if any(_is_packed(head) for head in file.windows):
            yield Gap(gaps.UNREADABLE_FILE, "is packed with UPX: what it was built from cannot be seen", file.path)


def _is_packed(head: bytes) -> bool:
    at = head.find(_MARKER)
    while at >= 0:
        if at % _ALIGN == 0 and at + 6 < len(head) and head[at + 6] in _FORMS:
            return True
        at = head.find(_MARKER, at + 1)
    return False
