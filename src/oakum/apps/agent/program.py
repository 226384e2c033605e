"""The agent: a sensor, an engine that is listened to, and a spool, each in a thread of its own."""

import contextlib
import os
import signal
import threading
import uuid
from collections.abc import Callable
from queue import SimpleQueue
from types import FrameType
from typing import Any, Final

import msgspec

from oakum.apps import wiring
from oakum.apps.agent.files import PROMISE, look_at_files
from oakum.apps.agent.identity import describe, host_id
from oakum.apps.agent.outbox import Batch, flush_often, keep_reports, send
from oakum.apps.agent.packages import compare_packages
from oakum.apps.agent.rules import HostRules, follow_rules
from oakum.apps.agent.settings import AgentSettings
from oakum.flows.guard_host import HostGuard, Ports
from oakum.flows.watch_containers import Watch
from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError
from oakum.kit.parent import adopt_orphans
from oakum.model.api import IncidentReport
from oakum.model.event import GROUP, Event
from oakum.model.subject import Placement
from oakum.ports.container_engine import ContainerEngine
from oakum.ports.spool import HOST
from oakum.sources.host.starters import Starters
from oakum.sources.kernel.probe import sentences
from oakum.sources.kernel.sensor import Asked, Sensor

_HEARTBEAT_SECONDS: Final = 30.0
_AGAIN_SECONDS: Final = 1.0
_FOREVER: Final = float("inf")

Say = Callable[[str], None]


def run(settings: AgentSettings, say: Say) -> None:
    """Guard this host until a signal asks to end.

    Raises:
        NotPermittedError: the state folder cannot be written.
        UsageError: the server's URL is none.
    """
    adopt_orphans()
    ended = threading.Event()
    _end_by_signal(ended)
    _Agent(settings, ended, say).run()


class _Agent:
    """Everything that one run of the agent has."""

    def __init__(self, settings: AgentSettings, ended: threading.Event, say: Say) -> None:
        self._ended, self._say = ended, say
        self._id = host_id(settings.state)
        self._spool = wiring.spool(os.path.join(settings.state, "spool"))
        self._engine = wiring.container_engine(settings.engine)
        words = (settings.server, settings.token, settings.authority)
        self._asking, self._posting = wiring.server(*words), wiring.server(*words)
        self._rules = HostRules(settings.state, Placement(environment=settings.environment))
        with contextlib.suppress(OakumError):  # those of an earlier run count; the outbox says that the server is away
            self._rules.ask(self._asking)
        self._sensor, self._blind = _sensor(say)
        self._waiting: SimpleQueue[tuple[str, Event]] = SimpleQueue()
        self._reports: SimpleQueue[IncidentReport] = SimpleQueue()
        starters = Starters(settings.engine, settings.started)
        ports = Ports(
            self._id,
            self._engine,
            self._spool,
            wiring.clock(),
            self._sensor,
            self._recheck,
            self._reports.put,
            starters,
        )
        self._guard = HostGuard(ports, self._rules.now())

    def run(self) -> None:
        """Start everything, and look at what the sensor says."""
        _start(send, self._spool, self._posting, self._id, self._ended, self._say)
        _start(keep_reports, self._reports, self._spool)
        _start(self._greet)
        _start(_listen, self._engine, self._guard, self._ended, self._say)
        _start(follow_rules, self._rules, self._asking, self._guard, self._ended, self._say)
        if self._sensor is None:
            look_at_files(self._guard, self._ended)
            return
        _start(compare_packages, self._waiting, self._guard, self._ended, self._say)
        self._watch(self._sensor, Batch(self._spool, uuid.uuid4().hex))

    def _watch(self, sensor: Sensor, batch: Batch) -> None:
        _start(flush_often, batch, self._ended)
        try:
            for event in Watch(sensor, self._id).events(_FOREVER, self._ended.is_set):
                self._guard.handle(event)
                if event.kind != GROUP:
                    batch.add(event)
        finally:
            self._ended.set()
            batch.flush()
            sensor.close()

    def _greet(self) -> None:
        """Say what the host is, and that its agent is alive."""
        while True:
            host = describe(self._id, self._engine, self._sensor, self._blind)
            self._spool.put(HOST, msgspec.json.encode(host))
            if self._ended.wait(_HEARTBEAT_SECONDS):
                return

    def _recheck(self, container: str, event: Event) -> None:
        self._waiting.put((container, event))


def _start(what: Callable[..., None], *words: Any) -> None:  # noqa: ANN401 - whatever the function takes
    threading.Thread(target=what, args=words, name=what.__name__, daemon=True).start()


def _end_by_signal(ended: threading.Event) -> None:
    def note(number: int, frame: FrameType | None) -> None:
        del number, frame
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)


def _sensor(say: Say) -> tuple[Sensor | None, tuple[str, ...]]:
    """The sensor where the kernel allows it; else why not, and what is promised all the same."""
    try:
        sensor = Sensor(Asked())
    except (NotPermittedError, TryLaterError) as error:
        say(f"no kernel sensor here: {error}")
        say(PROMISE)
        return None, (f"no kernel sensor: {error}", PROMISE)
    for line in sentences(sensor.sights):
        say(line)
    return sensor, ()


def _listen(engine: ContainerEngine, guard: HostGuard, ended: threading.Event, say: Say) -> None:
    """Listen to the engine; whenever it went and came back, every container is learned anew."""
    said = ""
    while not ended.is_set():
        try:
            events = engine.events()
            guard.learn_all()
            for event in events:
                guard.learn(event)
            trouble = "the engine ended the connection"
        except OakumError as error:
            trouble = str(error)
        if trouble != said and not ended.is_set():
            say(f"{trouble}; trying again")
            said = trouble
        ended.wait(_AGAIN_SECONDS)
