import shutil
import struct
import sys

import pytest

from oakum.facts.elf import HEAD_BYTES, noted, writable


def _wide(*headers: tuple[int, int, int, int]) -> bytes:
    head = (
        b"\x7fELF\x02\x01\x01".ljust(32, b"\0")
        + struct.pack("<Q", 64)
        + bytes(14)
        + struct.pack("<HH", 56, len(headers))
    )
    head = head.ljust(64, b"\0")
    for kind, flags, begin, size in headers:
        head += struct.pack("<IIQQQQQQ", kind, flags, begin, 0, 0, size, size, 0)
    return head


def test_what_is_loaded_as_writable() -> None:
    head = _wide((1, 4, 0, 100), (1, 5, 100, 50), (1, 6, 150, 10), (1, 7, 160, 10), (4, 5, 0, 5))
    assert writable(head) == ((150, 160), (160, 170))


def test_a_narrow_big_endian_file() -> None:
    head = b"\x7fELF\x01\x02\x01".ljust(28, b"\0") + struct.pack(">I", 52) + bytes(10) + struct.pack(">HH", 32, 1)
    head = head.ljust(52, b"\0") + struct.pack(">8I", 1, 4096, 0, 0, 77, 77, 6, 0)
    assert writable(head) == ((4096, 4173),)


@pytest.mark.parametrize("cut", range(0, 130, 7))
def test_headers_that_cannot_be_read_leave_nothing_out(cut: int) -> None:
    assert writable(_wide((1, 6, 100, 50))[:cut]) in ((), ((100, 150),))


def test_a_table_beyond_any_file_leaves_nothing_out() -> None:
    head = _wide((1, 6, 100, 50))
    assert writable(head[:32] + b"\xff" * 8 + head[40:]) == ()


def test_a_real_program() -> None:
    program = shutil.which("true") or sys.executable
    with open(program, "rb") as file:
        stretches = writable(file.read(HEAD_BYTES))
    assert stretches


def test_a_program_of_another_form_has_no_headers() -> None:
    head = _wide((1, 6, 100, 50))
    assert writable(head) == ((100, 150),)
    assert writable(b"MZ" + head[2:]) == ()


def test_stretches_that_hold_notes() -> None:
    assert noted(_wide((1, 4, 0, 100), (4, 4, 700, 50), (6, 4, 1, 2), (4, 4, 800, 8))) == ((700, 750), (800, 808))
    narrow = b"\x7fELF\x01\x02\x01".ljust(28, b"\0") + struct.pack(">I", 52) + bytes(10) + struct.pack(">HH", 32, 1)
    assert noted(narrow.ljust(52, b"\0") + struct.pack(">8I", 4, 4096, 0, 0, 77, 77, 4, 0)) == ((4096, 4173),)
    assert noted(b"") == noted(b"\x7fELF\x02\x01\x01".ljust(64, b"\xff")) == ()
