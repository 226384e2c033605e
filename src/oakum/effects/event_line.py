"""One runtime event as one line for people."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from oakum.effects.escape import shorten, visible
from oakum.model.event import CONNECT, CONTAINER_START, CONTAINER_STOP, EXEC, EXIT, LOST, WRITE, Event

_SHORT: Final = 12
_WIDEST: Final = 240
_SECOND: Final = 1_000_000_000
_MARKS: Final = ("upper", "memory", "script", "killed", "outside", "cut")


def event_line(event: Event) -> str:
    """When, which container, what, who and whose child; nothing in it can drive a terminal."""
    moment = dt.datetime.fromtimestamp(event.at // _SECOND, dt.UTC)
    clock = f"{moment:%H:%M:%S}.{event.at % _SECOND // 1_000_000:03d}"
    said = what_happened(event)
    marks = "".join(f" [{mark}]" for mark in _MARKS if getattr(event, mark))
    return f"{clock} {event.container[:_SHORT] or '-':12} {event.kind:9} {said}{marks}{visible(_who(event))}"


def what_happened(event: Event) -> str:
    """What an event says besides when, where and by whom; nothing in it can drive a terminal."""
    return shorten(visible(_SAID.get(event.kind, _path)(event)), _WIDEST)


def _who(event: Event) -> str:
    if event.kind == LOST:
        return ""
    chain = " < ".join((event.process.name, *(one.name for one in event.ancestors)))
    login = f" login={event.login}" if event.login >= 0 else ""
    return f"  pid={event.process.pid} uid={event.uid}{login} {chain}"


def _exec(event: Event) -> str:
    interpreter = f" by {event.process.exe}" if event.script else ""
    return f"{event.path}{interpreter}: {' '.join(event.arguments)}"


def _path(event: Event) -> str:
    return event.path


def _lost(event: Event) -> str:
    return f"{event.count} events ({event.urgent} urgent); left out {event.suppressed} repeats"


_SAID: Final[dict[str, Callable[[Event], str]]] = {
    EXEC: _exec,
    EXIT: lambda event: f"code {event.exit_code}",
    WRITE: _path,
    CONNECT: lambda event: event.address,
    CONTAINER_START: _path,
    CONTAINER_STOP: _path,
    LOST: _lost,
}
