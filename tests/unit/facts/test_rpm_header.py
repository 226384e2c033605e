"""The header of an installed rpm."""

from struct import pack

import pytest

from oakum.facts.room import Room
from oakum.facts.rpm_header import parse_header
from oakum.kit import limits
from oakum.kit.errors import DamagedError, LimitError
from oakum.testing.rpm_databases import rpm_header


def test_texts_numbers_and_lists_are_read() -> None:
    header = parse_header(
        rpm_header(name="a", version="1", epoch=7, requirename=["x", "y", "x"], modularitylabel="m:1:2:c"), Room()
    )
    assert (header.name, header.epoch, header.requires, header.module) == ("a", 7, ("x", "y"), "m:1:2:c")
    assert (header.release, header.files, header.provides) == ("", "", ())


def test_a_name_without_a_folder_is_left_out() -> None:
    header = parse_header(rpm_header(dirnames=["/a/"], basenames=["x", "y", "z"], dirindexes=[9, 0]), Room())
    assert header.files == "a/y"


@pytest.mark.parametrize("blob", [b"", b"\0" * 7, pack(">2I", 70_000, 0) + bytes(2_000_000), pack(">2I", 1, 90)])
def test_a_short_header_is_damaged(blob: bytes) -> None:
    with pytest.raises(DamagedError):
        parse_header(blob, Room())


def test_values_out_of_the_data_are_no_values() -> None:
    entries = [pack(">4I", 1000, 6, 99, 1), pack(">4I", 1003, 4, 2, 5), pack(">4I", 1117, 7, 0, 4)]
    header = parse_header(pack(">2I", 3, 4) + b"".join(entries) + b"abcd", Room())
    assert (header.name, header.epoch, header.files) == ("", None, "")


def test_all_headers_of_a_database_share_one_room() -> None:
    room = Room(values=25)
    blob = rpm_header(name="a", version="1", providename=["a"] * 10)
    parse_header(blob, room)
    with pytest.raises(LimitError):
        [parse_header(blob, room) for _ in range(3)]
    assert Room().values == limits.HEADER_VALUES
