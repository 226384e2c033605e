import mmap
import os
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oakum.kit.errors import DamagedError
from oakum.sources.kernel.ring import MappedRing

SIZE = mmap.PAGESIZE
BUSY, DISCARDED = 1 << 31, 1 << 30


class Written:
    """A ring as the kernel lays it out, in a file: the data stand there twice."""

    def __init__(self, at: int = 0) -> None:
        self.file = os.memfd_create("ring")
        os.ftruncate(self.file, 2 * mmap.PAGESIZE + 2 * SIZE)
        self.at = at
        self._position(0, at)
        self._position(mmap.PAGESIZE, at)
        self.ring = MappedRing(self.file, SIZE)

    def add(self, content: bytes, mark: int = 0, says: int = -1) -> None:
        length = (len(content) if says < 0 else says) | mark
        self.raw(struct.pack("<II", length, 0) + content)
        self.at += (len(content) + 8 + 7) & ~7
        self._position(mmap.PAGESIZE, self.at)

    def raw(self, content: bytes) -> None:
        for one, byte in enumerate(content):
            for copy in (0, SIZE):
                os.pwrite(self.file, bytes([byte]), 2 * mmap.PAGESIZE + (self.at + one) % SIZE + copy)

    def read(self) -> int:
        return int(struct.unpack("<Q", os.pread(self.file, 8, 0))[0])

    def end(self, at: int) -> None:
        self._position(mmap.PAGESIZE, at)

    def _position(self, place: int, value: int) -> None:
        os.pwrite(self.file, struct.pack("<Q", value), place)


@pytest.fixture
def written() -> Iterator[Written]:
    one = Written()
    yield one
    one.ring.close()
    os.close(one.file)


def test_records_come_once_and_in_order(written: Written) -> None:
    for content in (b"one", b"second", b"x" * 100):
        written.add(content)
    assert written.ring.take(2) == [b"one", b"second"]
    assert written.ring.take(9) == [b"x" * 100]
    assert written.ring.take(9) == []
    assert written.read() == written.at


def test_a_record_over_the_rings_end_is_whole() -> None:
    one = Written(at=3 * SIZE - 16)
    one.add(b"abcdefghijklmnopqrstuvwxyz")
    assert one.ring.take(9) == [b"abcdefghijklmnopqrstuvwxyz"]
    one.ring.close()
    os.close(one.file)


def test_what_is_still_written_waits_and_what_was_given_up_is_passed_over(written: Written) -> None:
    written.add(b"gone", DISCARDED)
    written.add(b"kept")
    written.add(b"half", BUSY)
    written.add(b"later")
    assert written.ring.take(9) == [b"kept"]
    assert written.ring.take(9) == []


def test_a_length_beyond_the_ring_is_refused(written: Written) -> None:
    written.add(b"", says=SIZE)
    with pytest.raises(DamagedError, match="4096 bytes"):
        written.ring.take(9)


@given(some.binary(min_size=16, max_size=400), some.integers(0, 5000))
def test_garbage_ends(raw: bytes, end: int) -> None:
    one = Written()
    one.raw(raw)
    one.end(end)
    try:
        taken = one.ring.take(1000)
        assert sum(map(len, taken)) <= 2 * SIZE
    except DamagedError:
        pass
    finally:
        one.ring.close()
        os.close(one.file)
