"""What one package database may list."""

import pytest

from oakum.facts.room import Room
from oakum.kit.errors import LimitError


def test_values_and_characters_are_counted_apart() -> None:
    room = Room(values=2, characters=10)
    room.take(1, 10)
    with pytest.raises(LimitError):
        room.take(0, 1)
    room = Room(values=2, characters=10)
    room.take(2)
    with pytest.raises(LimitError):
        room.take(1)
