import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.kit.archive.ahead import unpacked_ahead
from oakum.kit.archive.fed import FedBlob
from oakum.kit.archive.unpack import unpacked
from oakum.kit.errors import DamagedError
from oakum.kit.feed import Feed
from oakum.testing.images import Layer


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


def nothing(*, waiting: bool) -> None:
    del waiting


def sent(pipe: tuple[int, int], *pieces: bytes, whole: bool = True) -> None:
    feed = Feed(pipe[1])
    for piece in pieces:
        feed.send([piece])
    feed.end(whole=whole)


@given(pieces=st.lists(st.binary(max_size=50), max_size=6), length=st.integers(1, 60), peek=st.integers(0, 80))
def test_what_was_sent_arrives_in_order(pieces: list[bytes], length: int, peek: int) -> None:
    ends = os.pipe()
    whole = b"".join(pieces)
    sent(ends, *pieces)
    sent(ends, b"next")
    blob = FedBlob(ends[0], len(whole), nothing)
    assert blob.peek(peek)[:peek] == whole[:peek]
    assert b"".join(blob.pieces(length)) == whole
    assert b"".join(FedBlob(ends[0], 4, nothing).pieces(length)) == b"next"
    for end in ends:
        os.close(end)


@pytest.mark.parametrize("size", [3, 5])
def test_another_size_than_promised_is_damage(pipe: tuple[int, int], size: int) -> None:
    sent(pipe, b"four")
    with pytest.raises(DamagedError, match="4 of"):
        FedBlob(pipe[0], size, nothing).digest()


def test_a_broken_download_is_damage_and_the_next_blob_begins_at_its_beginning(pipe: tuple[int, int]) -> None:
    sent(pipe, b"half", whole=False)
    sent(pipe, b"next")
    blob = FedBlob(pipe[0], 8, nothing)
    with pytest.raises(DamagedError, match="broke off"):
        blob.digest()
    blob.drain()
    assert FedBlob(pipe[0], 4, nothing).unmeasured(10) == b"next"


def test_what_nobody_wants_is_drained(pipe: tuple[int, int]) -> None:
    sent(pipe, b"one", b"two")
    sent(pipe, b"next")
    blob = FedBlob(pipe[0], 6, nothing)
    blob.peek(1)
    blob.drain()
    assert FedBlob(pipe[0], 4, nothing).unmeasured(10) == b"next"


def test_a_sender_that_ends_is_damage(pipe: tuple[int, int]) -> None:
    Feed(pipe[1]).send([b"half"])
    os.close(pipe[1])
    with pytest.raises(DamagedError, match="ended"):
        FedBlob(pipe[0], 8, nothing).digest()


def test_a_document_has_a_bound(pipe: tuple[int, int]) -> None:
    sent(pipe, b"too long")
    with pytest.raises(DamagedError, match="longer than 3"):
        FedBlob(pipe[0], -1, nothing).unmeasured(3)


@pytest.mark.parametrize("unpack", [unpacked, unpacked_ahead])
@pytest.mark.parametrize("packing", ["gzip", "zstd", ""])
def test_a_layer_is_unpacked_while_it_comes(pipe: tuple[int, int], packing: str, unpack: object) -> None:
    layer = Layer(files={"a": os.urandom(300_000)}, packing=packing)
    packed = layer.packed()
    pieces = [packed[at : at + 10_000] for at in range(0, len(packed), 10_000)]
    thread = threading.Thread(target=sent, args=(pipe, *pieces))
    thread.start()
    waits: list[bool] = []

    def pausing(*, waiting: bool) -> None:
        waits.append(waiting)

    blob = FedBlob(pipe[0], len(packed), pausing)
    assert callable(unpack)
    assert b"".join(unpack(blob)) == layer.unpacked()
    assert blob.digest() == ""
    thread.join()
    assert waits == [True, False] * (len(waits) // 2)
