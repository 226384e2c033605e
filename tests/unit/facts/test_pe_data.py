import struct

from hypothesis import given
from hypothesis import strategies as st

from oakum.facts.elf import NOWHERE
from oakum.facts.pe_data import writable
from oakum.testing.managed import managed_library

SAID = {"OriginalFilename": "Shop.Cart.dll"}


def test_writable_data_of_a_program_lies_in_its_sections() -> None:
    data = bytearray(managed_library(SAID))
    assert writable(bytes(data)) == NOWHERE
    header = data.find(b".rsrc\0\0\0")
    size, begin = struct.unpack_from("<II", data, header + 16)
    struct.pack_into("<I", data, header + 36, 0xC0000040)
    assert writable(bytes(data)) == ((begin, begin + size),)


def test_where_nothing_can_be_read_of_the_headers_nothing_is_known() -> None:
    assert writable(b"MZ") == ()
    assert writable(managed_library(SAID)[:0x90]) == ()
    assert writable(b"MZ".ljust(0x80, b"\0")) == NOWHERE


@given(st.binary(max_size=400))
def test_any_headers_are_read(data: bytes) -> None:
    writable(b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0" + data)
