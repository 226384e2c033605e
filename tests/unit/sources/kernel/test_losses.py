import struct
from collections.abc import Iterator
from typing import cast

from oakum.sources.kernel.libbpf import Map
from oakum.sources.kernel.losses import Losses, Totals
from oakum.testing.records import made


class Kept:
    """A map, as far as losses ask it."""

    def __init__(self) -> None:
        self.values: dict[bytes, bytes] = {}

    def keys(self, most: int) -> Iterator[bytes]:
        yield from list(self.values)[:most]

    def get(self, key: bytes, size: int = 0) -> bytes | None:
        assert size in {0, 240}
        return self.values.get(key)


def counted(*counts: int) -> bytes:
    return made(6, struct.pack("<QQQQQQ", *counts, 0, 0))


def losses() -> tuple[Losses, Kept, Kept]:
    groups, totals = Kept(), Kept()
    return Losses(cast("Map", groups), cast("Map", totals), 2), groups, totals


def test_the_host_is_the_sum_of_its_processors() -> None:
    one, _, totals = losses()
    assert one.total() == Totals()
    totals.values[bytes(4)] = counted(1, 2, 0, 10) + counted(3, 4, 5, 20)
    assert one.total() == Totals(4, 6, 5, 30)


def test_only_what_came_since_is_told() -> None:
    one, groups, totals = losses()
    groups.values[b"a"] = counted(0, 0, 0, 0)
    assert one.news() == []
    totals.values[bytes(4)] = counted(1, 2, 0, 10) + counted(0, 0, 0, 0)
    groups.values[b"a"] = counted(1, 2, 0, 10)
    assert one.news() == [counted(1, 2, 0, 10)]
    assert one.news() == []
    totals.values[bytes(4)] = counted(1, 5, 3, 10) + counted(0, 0, 0, 1)
    groups.values[b"a"] = counted(1, 5, 3, 11)
    assert one.news() == [counted(0, 3, 3, 1)]


def test_a_container_that_the_kernel_forgot_begins_anew() -> None:
    one, groups, totals = losses()
    for number, counts in enumerate([(5, 5, 0, 0), (1, 0, 0, 0)]):
        totals.values[bytes(4)] = counted(number + 1, 0, 0, 0) + counted(0, 0, 0, 0)
        groups.values[b"a"] = counted(*counts)
        assert one.news() == [counted(*counts)]
