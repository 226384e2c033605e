"""The word of a fetcher that ends: it is waited for, whatever comes before it."""

import os
import threading
import time

import msgspec

from oakum.adapters.registry.fetcher_process import FetcherProcess
from oakum.kit import frames
from oakum.kit.errors import TryLaterError
from oakum.kit.process import Helper
from oakum.model.fetching import Fetched, Trust
from oakum.model.reading import Want


class Ending(Helper):
    """A process whose pipe is in our hands."""

    def end(self) -> int:
        os.close(self.output)
        os.close(self.input)
        return 0


class Source(FetcherProcess):
    """A fetcher that says what the test says."""

    def __init__(self) -> None:
        super().__init__("none", "latest", lambda: (), Trust())
        reading, self.word = os.pipe()
        self._made = Ending(0, os.open(os.devnull, os.O_WRONLY), reading)

    def _new(self, feeds: tuple[int, ...]) -> Helper:
        del feeds
        return self._made


def test_the_end_of_a_fetcher_is_heard_behind_the_words_of_others() -> None:
    source = Source()
    source.begin(())
    for part in (0, -1):
        source.fetch(Want(part, 0, "sha256:" + "a" * 64, 5))

    def end() -> None:
        frames.send(source.word, msgspec.msgpack.encode(Fetched(1)))
        time.sleep(0.2)  # so that the word is heard alone
        os.close(source.word)

    ending = threading.Thread(target=end)
    ending.start()
    try:
        assert isinstance(source.trouble(), TryLaterError)
        assert source.held(0)
    finally:
        ending.join()
        source.close()


def test_words_that_are_none_end_it() -> None:
    for word in (b"\xff", b"\xd9\x02\xff\xfe", b"\x91" * 5000):
        source = Source()
        source.begin(())
        source.fetch(Want(-1, 0, "sha256:" + "a" * 64, 5))
        frames.send(source.word, word)
        assert isinstance(source.trouble(), TryLaterError)
        os.close(source.word)
        source.close()
