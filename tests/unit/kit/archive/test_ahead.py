import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterator

import pytest

from oakum.kit.archive.ahead import unpacked_ahead
from oakum.kit.archive.blob import Blob
from oakum.kit.errors import DamagedError


@pytest.fixture
def packed() -> Iterator[tuple[int, bytes, bytes]]:
    content = os.urandom(3_000_000) + bytes(9_000_000)
    data = gzip.compress(content, 1)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield file.fileno(), data, content


def test_content_and_digest_are_those_of_the_blob(packed: tuple[int, bytes, bytes]) -> None:
    descriptor, data, content = packed
    blob = Blob(descriptor, 0, len(data))
    assert b"".join(unpacked_ahead(blob)) == content
    assert blob.digest() == "sha256:" + hashlib.sha256(data).hexdigest()


def test_a_consumer_that_stops_still_gets_the_digest(packed: tuple[int, bytes, bytes]) -> None:
    descriptor, data, _ = packed
    blob = Blob(descriptor, 0, len(data))
    stream = unpacked_ahead(blob)
    next(stream)
    stream.close()
    assert blob.digest() == "sha256:" + hashlib.sha256(data).hexdigest()


def test_a_broken_stream_raises_where_it_is_consumed(packed: tuple[int, bytes, bytes]) -> None:
    descriptor, data, _ = packed
    blob = Blob(descriptor, 0, len(data) - 5)
    with pytest.raises(DamagedError, match="ends early"):
        list(unpacked_ahead(blob))
    assert blob.digest() == "sha256:" + hashlib.sha256(data[:-5]).hexdigest()


def test_what_is_not_packed_passes_as_it_is(packed: tuple[int, bytes, bytes]) -> None:
    descriptor, data, _ = packed
    blob = Blob(descriptor, 4, len(data) - 4)
    assert b"".join(unpacked_ahead(blob)) == data[4:]
    assert blob.digest() == "sha256:" + hashlib.sha256(data[4:]).hexdigest()
