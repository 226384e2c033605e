"""Processes that match and decide, so that the API goes on answering while one of them works."""

import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import Final, TypeVar

import msgspec

from oakum.kit.parent import end_with_spawner
from oakum.model.api import GateQuestion, PolicyTrial
from oakum.model.judgement import Judgement
from oakum.model.signature import Verified
from oakum.model.waiver import Waiver

T = TypeVar("T")

_PROCESSES: Final = 1


class Judges:
    """A pool that is made with the first question, and made anew when one of its processes is ended.

    Args:
        database: the advisories, as ``--db`` takes them.
        state: the folder of the stores.
    """

    def __init__(self, database: str, state: str) -> None:
        """Nothing runs yet."""
        self._database = database
        self._state = state
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def decide(
        self, question: GateQuestion, policies: str, waivers: tuple[Waiver, ...], trust: Verified | None
    ) -> tuple[Judgement, bytes]:
        """The judgement of an artifact, with its packed subject.

        Raises:
            OakumError: the question is off, or the advisories cannot be used.
        """
        words = (msgspec.msgpack.encode((question, trust)), policies, msgspec.msgpack.encode(waivers), self._database)
        said, subject = self._run(lambda pool: pool.submit(_decide, *words))
        return msgspec.msgpack.decode(said, type=Judgement), subject

    def try_policies(self, sides: tuple[str, str], waivers: tuple[Waiver, ...], stage: str, trust: str) -> PolicyTrial:
        """What other policies would decide of everything that is known.

        Raises:
            OakumError: they have a mistake, or the advisories cannot be used.
        """
        words = (sides, msgspec.msgpack.encode(waivers), stage, trust, (self._database, self._state))
        return msgspec.msgpack.decode(self._run(lambda pool: pool.submit(_try, *words)), type=PolicyTrial)

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _run(self, submit: Callable[[ProcessPoolExecutor], Future[T]]) -> T:
        """The answer of a judge; one that was ended is followed by another."""
        try:
            return submit(self._ready()).result()
        except BrokenProcessPool:
            self.close()
            return submit(self._ready()).result()

    def _ready(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(_PROCESSES, get_context("spawn"), initializer=_stand_by)
            return self._pool


def _stand_by() -> None:
    end_with_spawner()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _decide(question: bytes, policies: str, waivers: bytes, database: str) -> tuple[bytes, bytes]:
    """In a judge: the database is opened each time, which is cheap, so that an update counts at once."""
    from oakum.apps import wiring  # noqa: PLC0415 - for judges alone
    from oakum.flows.decide_gate import decide_gate, packed  # noqa: PLC0415 - as above
    from oakum.flows.read_policies import read_policies  # noqa: PLC0415 - as above

    advisories = wiring.open_advisories(database or wiring.database_path())
    rules = (
        read_policies({"policies": policies.encode()}),
        msgspec.msgpack.decode(waivers, type=tuple[Waiver, ...]),
    )
    asked, trust = msgspec.msgpack.decode(question, type=tuple[GateQuestion, Verified | None])
    decided = decide_gate(asked, rules, advisories, wiring.clock(), trust)
    return msgspec.msgpack.encode(decided.judgement), packed(decided.subject)


def _try(sides: tuple[str, str], waivers: bytes, stage: str, trust: str, places: tuple[str, str]) -> bytes:
    """In a judge, over the stores as they are: nothing is written."""
    from oakum.apps import store_wiring, wiring  # noqa: PLC0415 - for judges alone
    from oakum.flows.read_policies import read_policies  # noqa: PLC0415 - as above
    from oakum.flows.try_policies import try_policies  # noqa: PLC0415 - as above

    database, state = places
    advisories = wiring.open_advisories(database or wiring.database_path())
    before, after = (read_policies({"policies": text.encode()}) for text in sides)
    accepted = msgspec.msgpack.decode(waivers, type=tuple[Waiver, ...])
    fleet = store_wiring.look_at_fleet(state)
    try:
        return msgspec.msgpack.encode(
            try_policies((before, after), accepted, stage, (fleet, advisories, wiring.clock()), trust)
        )
    finally:
        fleet.close()
