"""What one package database may list: lists are short to write and may be long to read."""

from msgspec import Struct

from oakum.kit import limits
from oakum.kit.errors import LimitError


class Room(Struct):
    """What the records of one database may still list.

    A folder is named once and stands before each of its files, and values may be claimed many times over, so
    that a small database could fill all memory.

    Attributes:
        values: names of files and capabilities.
        characters: of lists of owned files.
    """

    values: int = limits.HEADER_VALUES
    characters: int = limits.OWNED_CHARACTERS

    def take(self, values: int, characters: int = 0) -> None:
        """Take some of it.

        Raises:
            LimitError: there is not so much left.
        """
        self.values -= values
        self.characters -= characters
        if self.values < 0 or self.characters < 0:
            raise LimitError("the database lists more files and capabilities than any honest one")
