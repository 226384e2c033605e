"""What is no parser: it says that nothing can be read, in a million words."""

import msgspec

from oakum.kit import frames
from oakum.model.reading import Failed

if __name__ == "__main__":
    words = "no " * 1_000_000
    frames.send(1, msgspec.msgpack.encode(Failed("DamagedError", words, words)))
