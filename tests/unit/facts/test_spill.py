import tempfile

from oakum.facts.spill import Spill


def test_what_was_put_in_last_is_what_it_holds() -> None:
    with tempfile.TemporaryFile() as file:
        spill = Spill(file.fileno())
        spill.fill(iter([b"abc", b"", b"def"]))
        with spill.open() as first:
            assert first.read() == b"abcdef"
        spill.fill(iter([b"x"]))
        with spill.open() as second:
            assert second.read() == b"x"


def test_a_piece_stands_at_its_place() -> None:
    with tempfile.TemporaryFile() as file:
        spill = Spill(file.fileno())
        spill.fill(iter([b"abc"]))
        spill.clear()
        spill.put(3, b"xy")
        spill.put(5, b"z")
        with spill.open() as content:
            assert content.read() == b"\0\0\0xyz"
