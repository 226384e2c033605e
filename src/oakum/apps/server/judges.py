"""Processes that match and decide, so that the API goes on answering while one of them works."""

import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import Final

import msgspec

from oakum.kit.parent import end_with_parent
from oakum.model.api import GateQuestion
from oakum.model.judgement import Judgement

_PROCESSES: Final = 1


class Judges:
    """A pool that is made with the first question, and made anew when one of its processes is ended.

    Args:
        database: the advisories, as ``--db`` takes them.
    """

    def __init__(self, database: str) -> None:
        """Nothing runs yet."""
        self._database = database
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def decide(self, question: GateQuestion, policies: str) -> tuple[Judgement, bytes]:
        """The judgement of an artifact, with its packed subject.

        Raises:
            OakumError: the question is off, or the advisories cannot be used.
        """
        words = (msgspec.msgpack.encode(question), policies, self._database)
        try:
            said, subject = self._ready().submit(_decide, *words).result()
        except BrokenProcessPool:
            self.close()
            said, subject = self._ready().submit(_decide, *words).result()
        return msgspec.msgpack.decode(said, type=Judgement), subject

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _ready(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(_PROCESSES, get_context("spawn"), initializer=_end_with_parent)
            return self._pool


def _end_with_parent() -> None:
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _decide(question: bytes, policies: str, database: str) -> tuple[bytes, bytes]:
    """In a judge: the database is opened each time, which is cheap, so that an update counts at once."""
    from oakum.apps import wiring  # noqa: PLC0415 - for judges alone
    from oakum.flows.decide_gate import decide_gate, packed  # noqa: PLC0415 - as above
    from oakum.flows.read_policies import read_policies  # noqa: PLC0415 - as above

    advisories = wiring.open_advisories(database or wiring.database_path())
    rules = (read_policies({"policies": policies.encode()}), ())
    asked = msgspec.msgpack.decode(question, type=GateQuestion)
    decided = decide_gate(asked, rules, advisories, wiring.clock())
    return msgspec.msgpack.encode(decided.judgement), packed(decided.subject)
