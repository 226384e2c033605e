"""Sends what waits in the spool to the server, one after the other, for as long as the agent runs."""

import time
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event as Flag
from threading import Lock
from typing import Final
from urllib.parse import quote

import msgspec

from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError, UsageError
from oakum.model.api import IncidentReport
from oakum.model.event import Event
from oakum.ports.server import Server
from oakum.ports.spool import CONTAINERS, EVENTS, HOST, INCIDENT, Item, Spool

_BATCH: Final = 2_000
_FLUSH_SECONDS: Final = 0.2
_FIRST_WAIT: Final = 0.5
_LONGEST_WAIT: Final = 5.0
_PATHS: Final = {HOST: "/agent/host", CONTAINERS: "/agent/containers", INCIDENT: "/agent/incidents"}


class Batch:
    """Events that were not put into the spool yet.

    Args:
        spool: where they go.
        run: a name for this run of the sensor.
    """

    def __init__(self, spool: Spool, run: str) -> None:
        """There are none."""
        self._spool, self._run = spool, run
        self._lock, self._order = Lock(), Lock()
        self._events: list[Event] = []

    def add(self, event: Event) -> None:
        """Take one; a full batch goes at once."""
        with self._lock:
            self._events.append(event)
            full = len(self._events) >= _BATCH
        if full:
            self.flush()

    def flush(self) -> None:
        """Put what there is into the spool; whoever adds meanwhile does not wait for the disk."""
        with self._order:
            with self._lock:
                events, self._events = self._events, []
            if events:
                self._spool.put_events(self._run, events)


def send(spool: Spool, server: Server, host: str, ended: Flag, say: Callable[[str], None]) -> None:
    """Send until the flag is set; what the server does not take at all is said, and left out."""
    wait, said = _FIRST_WAIT, ""
    while not ended.is_set():
        item = spool.next()
        if item is None:
            ended.wait(_FLUSH_SECONDS / 4)
            continue
        try:
            _post(item, server, host)
        except (TryLaterError, NotPermittedError) as error:
            if str(error) != said:
                say(f"{error}; what is seen waits in the spool")
                said = str(error)
            ended.wait(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
            continue
        except (UsageError, OakumError) as error:
            say(f"the server does not take {item.kind}: {error}")
        if said:
            say("the server answers again")
        wait, said = _FIRST_WAIT, ""
        spool.done(item)


def keep_reports(waiting: "SimpleQueue[IncidentReport]", spool: Spool) -> None:
    """Put incidents into the spool as they come, for ever."""
    while True:
        spool.put(INCIDENT, msgspec.json.encode(waiting.get()))


def flush_often(batch: Batch, ended: Flag) -> None:
    """Put events into the spool, however few there are, until the flag is set."""
    while not ended.is_set():
        time.sleep(_FLUSH_SECONDS)
        batch.flush()


def _post(item: Item, server: Server, host: str) -> None:
    if item.kind == EVENTS:
        server.ask("POST", f"/agent/events/{quote(host, safe='')}", item.body, packed=True)
    else:
        server.ask("POST", _PATHS[item.kind], item.body)
