"""Headers in a Berkeley DB hash; a reader of others reads the same in ``catalogers/test_rpm.py``."""

import pytest

from oakum.facts.broken import Broken
from oakum.facts.rpm_bdb import headers
from oakum.kit.errors import DamagedError
from oakum.testing.rpm_databases import bdb


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("page", [512, 4096])
def test_values_of_many_pages_are_put_together(order: str, page: int) -> None:
    blobs = [b"one", b"x" * 10_000, b"y" * (page - 26)]
    assert list(headers(bdb(blobs, order=order, page=page))) == blobs


def test_a_cut_off_file_says_how_many_pages_are_gone() -> None:
    read = list(headers(bdb([b"one", b"two"])[:-4096]))
    assert read[0] == b"one"
    assert Broken("1 pages are cut off") in read
    assert Broken("a chain of pages is broken") in read


def test_a_chain_that_leads_back_is_broken() -> None:
    data = bytearray(bdb([b"x" * 10_000]))
    last = len(data) - 4096
    data[last + 16 : last + 20] = (3).to_bytes(4, "little")
    data[last + 22 : last + 24] = (10).to_bytes(2, "little")
    assert list(headers(bytes(data))) == [Broken("a chain of pages is broken")]


@pytest.mark.parametrize("data", [b"", bytes(100), bytes(24) + b"\0\x08" + bytes(60), bdb([b"x"], page=512)[:30]])
def test_what_is_no_hash_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        list(headers(data))
