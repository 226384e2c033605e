"""From the words of ``sensor`` to events on a terminal or in a pipe."""

import platform
from collections.abc import Callable, Iterator
from typing import Final

import click
import msgspec

from oakum.effects.event_line import event_line
from oakum.flows.watch_containers import Watch
from oakum.kit.errors import UsageError
from oakum.model.event import Event
from oakum.sources.kernel.probe import PARTS, sentences
from oakum.sources.kernel.sensor import Asked, Sensor

_NEVER: Final = float("inf")
_HEX: Final = frozenset("0123456789abcdef")
_WORDS: Final = tuple(PARTS)


def run_sensor(asked: tuple[str, str, int | None], form: str, *, host_too: bool) -> int:
    """Start a sensor, print what it sees, and say at the end what it could not."""
    container, kinds, seconds = asked
    parts = _parts(kinds)
    if set(container) - _HEX:
        raise UsageError(f"{container!r} is no id of a container", "docker ps shows them; a name is none")
    sensor = Sensor(Asked(parts, host_too=host_too))
    try:
        for line in sentences(sensor.sights):
            click.echo(f"oakum: {line}", err=True)
        watch = Watch(sensor, platform.node())
        show = _as_json if form == "json" else event_line
        for line in _shown(watch.events(seconds or _NEVER), container, show):
            click.echo(line)
    finally:
        total = sensor.totals()
        sensor.close()
        click.echo(
            f"oakum: lost {total.urgent} urgent and {total.bulk} other events"
            f" ({total.limited} over one container's rate); left out {total.suppressed} repeats",
            err=True,
        )
    return 0


def _parts(kinds: str) -> tuple[str, ...]:
    """The parts of the sensor that people name; containers are always looked at, since events are named by them."""
    words = [word.strip() for word in kinds.split(",") if word.strip()]
    unknown = sorted(set(words) - set(_WORDS))
    if unknown or not words:
        raise UsageError(
            f"no kind of event is named {', '.join(unknown) or kinds!r}", f"there are: {', '.join(_WORDS)}"
        )
    return tuple(word for word in _WORDS if word in {*words, "container"})


def _shown(events: Iterator[Event], container: str, show: Callable[[Event], str]) -> Iterator[str]:
    for event in events:
        if event.container.startswith(container):
            yield show(event)


def _as_json(event: Event) -> str:
    return msgspec.json.encode(_object(event)).decode()


def _object(event: Event) -> dict[str, object]:
    """The event with the names of its fields, which the compact form that is stored leaves out."""
    plain: dict[str, object] = {name: getattr(event, name) for name in event.__struct_fields__}
    plain["process"] = msgspec.structs.asdict(event.process)
    plain["ancestors"] = [msgspec.structs.asdict(one) for one in event.ancestors]
    return plain
