"""What every kind of record keeps: its layout is the kernel program's, and garbage is refused and nothing else."""

import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oakum.facts import record as records
from oakum.facts.record import FILE_KEY, HEAD, RECORDS, Layout
from oakum.flows.watch_containers import decode, kinds
from oakum.kit import limits
from oakum.kit.errors import DamagedError
from oakum.sources.kernel import losses
from oakum.sources.kernel.probe import OBJECT, PARTS
from oakum.sources.kernel.sensor import FILE_KEY as KEY_BYTES
from oakum.sources.kernel.sensor import SETTINGS
from oakum.testing.records import Types, made, scene

LAYOUTS = [HEAD, records.ANCESTOR, FILE_KEY, *(one for id_ in RECORDS.ids() for one in RECORDS.load(id_).layouts)]


@pytest.fixture(scope="module")
def types() -> Types:
    if not os.path.exists(OBJECT):
        pytest.skip("the kernel sensor is not built (make sensor)")
    return Types(OBJECT)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_is_that_of_the_built_object(layout: Layout, types: Types) -> None:
    described = types.offsets(layout.name)
    own = layout.offsets()
    base = described[next(iter(own))][0]  # what stands before is read by other layouts
    assert {name: (at + base, size) for name, (at, size) in own.items()} == {name: described[name] for name in own}


def test_what_stands_between_the_head_and_the_rest_is_where_it_is_looked_for(types: Types) -> None:
    for name in ("executed", "written"):
        offsets = types.offsets(name)
        assert offsets["ancestors"] == (HEAD.size, records.AFTER_ANCESTORS - HEAD.size)
        assert offsets["file"] == (records.AFTER_ANCESTORS, FILE_KEY.size)
        assert offsets["text"][0] + offsets["text"][1] <= limits.RECORD_BYTES
    assert types.offsets("connected")["address"][0] == records.AFTER_ANCESTORS
    assert {types.offsets(name)["head"] for name in ("executed", "exited", "lost")} == {(0, HEAD.size)}


def test_what_is_written_into_the_kernel_has_its_sizes(types: Types) -> None:
    settings = types.offsets("settings")
    assert list(settings) == ["repeat_ns", "rate", "wake_ns", "host_mounts", "pids_hierarchy", "own_pid", "host_too"]
    assert sum(size for _, size in settings.values()) == SETTINGS.size
    assert KEY_BYTES.size == FILE_KEY.size
    counted = types.offsets("lost")
    assert [counted[name] for name in ("urgent", "bulk", "limited", "suppressed")] == [
        (losses.COUNTS_AT + 8 * one, 8) for one in range(4)
    ]
    assert counted["refilled"] == (losses.SIZE - 8, 8)


def test_every_kind_has_a_number_of_its_own() -> None:
    numbers = [entry["number"] for entry in RECORDS.index().values()]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert all(part.programs for part in PARTS.values())


@given(some.binary(max_size=limits.RECORD_BYTES + 100))
def test_garbage_is_refused(raw: bytes) -> None:
    with pytest.raises(DamagedError):
        decode(raw, kinds(), scene())


@given(some.integers(0, 9), some.binary(max_size=700), some.integers(0, 0xFFFF), some.integers(0, 0xFFFFFFFF))
def test_garbage_behind_an_honest_head_is_an_event_or_is_refused(kind: int, raw: bytes, flags: int, depth: int) -> None:
    record = made(kind, raw, flags=flags, depth=depth)
    try:
        event = decode(record, kinds(), scene())
    except DamagedError:
        return
    assert len(event.arguments) <= len(raw)
    assert len(event.ancestors) <= 6


@given(some.lists(some.integers(0, 0xFFFFFFFF), min_size=4, max_size=4), some.binary(max_size=64))
def test_no_length_is_believed(lengths: list[int], text: bytes) -> None:
    body = bytes(6 * records.ANCESTOR.size + FILE_KEY.size) + struct.pack("<IIII", *lengths) + text
    for kind in (1, 3, 7):
        try:
            decode(made(kind, body), kinds(), scene())
        except DamagedError:
            continue
        assert sum(lengths[:3] if kind == 1 else lengths[1:3]) == len(text)
