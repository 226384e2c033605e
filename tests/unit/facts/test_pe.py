import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.facts.pe import version_strings
from oakum.kit.errors import DamagedError
from oakum.testing.managed import managed_library

SAID = {"OriginalFilename": "Shop.Cart.dll", "ProductVersion": "1.2.3+abc", "LegalCopyright": "\xa9 shop \u00fc\u4e2d"}


@pytest.mark.parametrize("wide", [True, False], ids=["PE32+", "PE32"])
def test_a_managed_library_says_its_strings(*, wide: bool) -> None:
    assert version_strings(io.BytesIO(managed_library(SAID, wide=wide))) == SAID


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"#!/bin/sh",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"MZ".ljust(0x80, b"\0"),
        managed_library(SAID, managed=False),
    ],
    ids=["empty", "script", "pointer", "MS-DOS", "native"],
)
def test_what_is_no_managed_library_says_nothing(data: bytes) -> None:
    assert version_strings(io.BytesIO(data)) is None


def test_without_a_version_resource_nothing_is_said() -> None:
    data = bytearray(managed_library(SAID))
    data[0x200 + 16] = 17  # the type of the only resource
    assert version_strings(io.BytesIO(bytes(data))) == {}


@pytest.mark.parametrize("length", [2, 0x3E, 0x50, 0x100])
def test_a_library_that_is_cut_off_is_an_error(length: int) -> None:
    with pytest.raises(DamagedError, match="cut off"):
        version_strings(io.BytesIO(managed_library(SAID)[:length]))


def test_a_place_outside_of_every_section_is_an_error() -> None:
    data = bytearray(managed_library(SAID))
    at = 0x40 + 24 + 112 + 8 * 2  # the directory of resources
    data[at : at + 4] = b"\xff\xff\xff\x7f"
    with pytest.raises(DamagedError, match="does not have"):
        version_strings(io.BytesIO(bytes(data)))


def test_of_a_long_text_no_more_is_taken_than_compilers_write() -> None:
    library = managed_library({f"key {number}": "x" * 1_400 for number in range(20)})
    found = version_strings(io.BytesIO(library))
    assert found is not None
    assert {len(value) for value in found.values()} == {1_024}


@given(st.data())
def test_no_change_of_a_library_does_more_than_be_refused(data: st.DataObject) -> None:
    library = bytearray(managed_library(SAID))
    for _ in range(data.draw(st.integers(1, 8))):
        library[data.draw(st.integers(0, len(library) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = version_strings(io.BytesIO(bytes(library[: data.draw(st.integers(0, len(library)))])))
    except DamagedError:
        return
    assert found is None or sum(map(len, found.values())) <= len(library)
