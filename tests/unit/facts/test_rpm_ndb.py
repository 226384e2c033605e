"""Headers in NDB; a reader of others reads the same in ``catalogers/test_rpm.py``."""

import pytest

from oakum.facts.broken import Broken
from oakum.facts.rpm_ndb import headers
from oakum.kit.errors import DamagedError
from oakum.testing.rpm_databases import ndb


def test_headers_come_in_the_order_of_their_slots() -> None:
    assert list(headers(ndb([b"one", b"second"]))) == [b"one", b"second"]


def test_free_slots_are_passed_over() -> None:
    data = bytearray(ndb([b"one", b"second"]))
    data[32 + 8 : 32 + 16] = bytes(8)
    assert list(headers(bytes(data))) == [b"second"]


@pytest.mark.parametrize(
    ("at", "why"),
    [(32, "a slot has no mark"), (4096, "not where its slot says"), (4096 + 17, "sum is wrong"), (32 + 11, "beyond")],
)
def test_damage_is_told(at: int, why: str) -> None:
    data = bytearray(ndb([b"one"]))
    data[at] ^= 0x40
    assert any(isinstance(record, Broken) and why in record.what for record in headers(bytes(data)))


def test_slots_that_lie_over_each_other_end() -> None:
    data = bytearray(ndb([b"x" * 3000, *[b""] * 253]))
    for at in range(32, 4096, 16):
        data[at : at + 16] = data[32:48]
    read = list(headers(bytes(data)))
    assert sum(len(record) for record in read if isinstance(record, bytes)) <= len(data)
    assert Broken("its slots overlap") in read


@pytest.mark.parametrize("data", [b"", b"RpmP", b"RpmP\1" + bytes(60), ndb([b"x"])[:4000]])
def test_what_is_no_ndb_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        list(headers(data))
