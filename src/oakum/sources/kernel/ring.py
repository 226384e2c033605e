"""A BPF ring buffer, read through its mapped memory: no call per record.

Source: Documentation/bpf/ringbuf.rst and kernel/bpf/ringbuf.c. A page with the reader's position, a page with the
writer's, then the data mapped twice in a row, so that no record is ever broken. Each record has 8 bytes before it:
its length with a busy and a discarded bit, and an offset of no use to us.

The order of memory: the writer stores a record, clears its busy bit, and only x86 promises that whoever sees the bit
cleared sees the record, too, without a barrier that Python does not have. So on other machines nothing is read here:
libbpf's own reader, which has the barriers, copies the records (``CopyingRing``).
"""

import ctypes
import mmap
import struct
from typing import Final

from oakum.kit.errors import DamagedError
from oakum.sources.kernel.libbpf import Library

_BUSY: Final = 1 << 31
_DISCARDED: Final = 1 << 30
_LENGTH: Final = _DISCARDED - 1
_HEADER: Final = 8
_position = struct.Struct("<Q")
_word = struct.Struct("<I")


class MappedRing:
    """One ring, read by this process alone; for x86."""

    def __init__(self, descriptor: int, size: int) -> None:
        """Map a ring of ``size`` bytes."""
        page = mmap.PAGESIZE
        self.descriptor = descriptor
        self._mask = size - 1
        self._size = size
        self._read = mmap.mmap(descriptor, page, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self._written = mmap.mmap(descriptor, page + 2 * size, mmap.MAP_SHARED, mmap.PROT_READ, offset=page)
        self._data = page

    def take(self, most: int) -> list[bytes]:
        """The records that wait, at most so many.

        Raises:
            DamagedError: the ring holds what no kernel writes.
        """
        at: int = _position.unpack_from(self._read, 0)[0]
        (end,) = _position.unpack_from(self._written, 0)
        records: list[bytes] = []
        while at < end and len(records) < most:
            place = self._data + (at & self._mask)
            (length,) = _word.unpack_from(self._written, place)
            if length & _BUSY:
                break
            size = length & _LENGTH
            if size > self._size - _HEADER:
                raise DamagedError(f"the kernel's ring has a record of {size} bytes")
            if not length & _DISCARDED:
                records.append(self._written[place + _HEADER : place + _HEADER + size])
            at += (size + _HEADER + 7) & ~7
        _position.pack_into(self._read, 0, at)
        return records

    def close(self) -> None:
        """Unmap it."""
        self._read.close()
        self._written.close()


_SAMPLE: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


class CopyingRing:
    """One ring, read by libbpf; for every machine."""

    def __init__(self, library: Library, descriptor: int) -> None:
        """Open a ring.

        Raises:
            OSError: libbpf refused.
        """
        self.descriptor = descriptor
        self._library = library
        self._records: list[bytes] = []
        self._sample = _SAMPLE(self._copy)
        self._ring = library.call.ring_buffer__new(descriptor, self._sample, None, None)
        if not self._ring:
            raise OSError(ctypes.get_errno(), "the ring cannot be read")

    def take(self, most: int) -> list[bytes]:
        """The records that wait; libbpf hands over all of them, and what is more than ``most`` waits here."""
        if len(self._records) < most:
            self._library.call.ring_buffer__consume(ctypes.c_void_p(self._ring))
        taken, self._records = self._records[:most], self._records[most:]
        return taken

    def close(self) -> None:
        """Give it back."""
        self._library.call.ring_buffer__free(ctypes.c_void_p(self._ring))

    def _copy(self, context: int, data: int, size: int) -> int:
        del context
        self._records.append(ctypes.string_at(data, size))
        return 0
