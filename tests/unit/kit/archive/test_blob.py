import tempfile

import pytest

from oakum.kit.archive.blob import Blob
from oakum.kit.errors import DamagedError
from oakum.testing.images import digest_of


def test_a_stretch_is_read_in_pieces_and_hashed() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"before|the blob|after")
        file.flush()
        blob = Blob(file.fileno(), 7, 8)
        assert blob.peek(3) == b"the"
        assert blob.peek(100) == b"the blob"
        pieces = blob.pieces(3)
        assert next(pieces) == b"the"
        assert blob.digest() == digest_of(b"the blob")
        assert blob.digest() == digest_of(b"the blob")


def test_a_file_that_ends_early_is_damage() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"short")
        file.flush()
        with pytest.raises(DamagedError):
            list(Blob(file.fileno(), 0, 6).pieces(4))
        with pytest.raises(DamagedError):
            Blob(file.fileno(), 100, 6).digest()
