"""The build information of Go 1.13 to 1.17: two pointers to strings elsewhere in the program (Go's debug/buildinfo)."""

import struct
from typing import BinaryIO

from oakum.facts.elf import HEAD_BYTES, LOAD, program_headers
from oakum.kit.errors import UnreadableError
from oakum.kit.limits import WINDOW_BYTES

_POINTERS = 16
"""Where the pointers begin, after the marker, the size of a pointer and the byte order."""


def pointed(file: BinaryIO, window: bytes) -> tuple[bytes, bytes]:
    """The version of Go and the list of modules.

    Args:
        file: the whole program.
        window: its bytes from the marker on.

    Raises:
        UnreadableError: a pointer leads nowhere. In a program that is loaded at any address they may be
            nought, since the linker of the system leaves it to the loader to fill them in.
    """
    order, size = ">" if window[15] & 1 else "<", window[14]
    form = order + ("QQ" if size == 8 else "II")  # noqa: PLR2004 - bytes of a pointer
    memory = _Memory(file, form)
    try:
        version, modules = struct.unpack_from(form, window, _POINTERS)
        return memory.text(version), memory.text(modules)
    except struct.error as error:
        raise UnreadableError("its build information (Go before 1.18) is cut off") from error


class _Memory:
    """A program by the addresses at which its parts are loaded."""

    def __init__(self, file: BinaryIO, form: str) -> None:
        file.seek(0)
        self._loaded = [header for header in program_headers(file.read(HEAD_BYTES)) if header[0] == LOAD]
        self._file, self._form = file, form

    def text(self, address: int) -> bytes:
        """The string whose header (where it is, how long) stands at an address."""
        where, length = struct.unpack(self._form, self._at(address, struct.calcsize(self._form)))
        return self._at(where, length) if length else b""

    def _at(self, address: int, length: int) -> bytes:
        for _, _, begin, size, start in self._loaded:
            if start <= address and address + length <= start + size and length <= WINDOW_BYTES:
                self._file.seek(begin + address - start)
                return self._file.read(length)
        raise UnreadableError("its build information (Go before 1.18) points to no part of the file")
