"""Guard a host: know its containers, see where one differs from its image, answer as policies say, and report it."""

import os
import signal
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from threading import RLock
from typing import Final, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from oakum.findings.drift.causes import drift_incident
from oakum.flows.answer_drift import KILL, OBSERVE, PAUSE, DriftRules, answered
from oakum.kit.errors import OakumError
from oakum.model.api import IncidentReport
from oakum.model.engine_container import EngineContainer, EngineEvent
from oakum.model.event import CHANGE, CONTAINER_START, CONTAINER_STOP, EXEC, LOST, SCRIPT, WRITE, Event
from oakum.model.fleet import Container, Incident
from oakum.model.subject import Change
from oakum.ports.clock import Clock
from oakum.ports.container_engine import ContainerEngine
from oakum.ports.spool import CONTAINERS, Spool
from oakum.sources.host.overlay import SAME, Hashes, Overlay

DATABASES: Final = ("/var/lib/dpkg/", "/lib/apk/db/", "/usr/lib/apk/db/", "/var/lib/rpm/", "/usr/lib/sysimage/rpm/")
"""Folders of package databases."""

_WRITES: Final = 5_000
_STARTS: Final = 1_000
_TOGETHER: Final = 200
_EARLY: Final = 500
_INCIDENTS: Final = 1_000
_ENDED: Final = frozenset({"die", "destroy"})
_TOLD: Final = frozenset({"create", "start", "die", "destroy", "pause", "unpause", "rename", "restart", "update"})
_TICKS: Final = 10_000_000


class Kernel(Protocol):
    """What the sensor can be asked to do."""

    def guard(self, group: int) -> None:
        """End programs of a control group that are not its image's."""
        ...

    def unguard(self, group: int) -> None:
        """Guard it no longer."""
        ...

    def trust(self, file: os.stat_result) -> None:
        """Let a file of a writable layer start, as long as it stays as it is."""
        ...


class Ports(Struct, frozen=True):
    """What guarding a host needs of the world.

    Attributes:
        host: its id.
        engine: runs the containers.
        spool: keeps what is reported.
        clock: tells the time.
        kernel: ends programs; None where there is no sensor.
        recheck: has a container's package database compared later, when its writer is done.
        report: has an incident put into the spool, soon: what is to be answered within milliseconds waits for no disk.
    """

    host: str
    engine: ContainerEngine
    spool: Spool
    clock: Clock
    kernel: Kernel | None
    recheck: Callable[[str, Event], None]
    report: Callable[[IncidentReport], None]


class _Known(Struct):
    """A container of this host, and what happened to its files."""

    own: EngineContainer
    overlay: Overlay
    group: int = 0
    guarded: bool = False
    writes: OrderedDict[str, Event] = OrderedDict()
    starts: OrderedDict[int, Event] = OrderedDict()
    compared: set[tuple[int, int]] = set()


class HostGuard:
    """One host. Its methods may be called from several threads."""

    def __init__(self, ports: Ports, rules: DriftRules) -> None:
        """Nothing is known yet."""
        self._ports, self._rules, self._lock = ports, rules, RLock()
        self._hashes = Hashes()
        self._known: dict[str, _Known] = {}
        self._groups: dict[str, int] = {}
        self._told: OrderedDict[str, Incident] = OrderedDict()
        self._early: OrderedDict[str, deque[Event]] = OrderedDict()

    def follow(self, rules: DriftRules) -> None:
        """Take other policies; what is guarded follows them."""
        with self._lock:
            self._rules = rules
            for known in self._known.values():
                self._guard(known)

    def learn_all(self) -> None:
        """Learn every container that the engine has."""
        ids = self._ports.engine.ids()
        self._report([one for id_ in ids if (one := self._learn(id_)) is not None])

    def learn(self, said: EngineEvent) -> None:
        """Learn what the engine did with a container."""
        if said.action not in _TOLD:
            return
        found = self._learn(said.id)
        if found is None or said.action in _ENDED:
            found = self._ended(said.id, found, gone=said.action == "destroy")
        if found is not None:
            self._report([found])

    def handle(self, event: Event) -> None:
        """Look at one event of the sensor."""
        with self._lock:
            if event.kind == CONTAINER_START:
                self._begun(event)
            elif event.kind == CONTAINER_STOP:
                self._groups.pop(event.container, None)
            elif event.kind == LOST and event.urgent:
                self._lost(event)
            elif event.container in self._known and not event.outside:
                self._happened(self._known[event.container], event)
            elif event.container and not event.outside:
                self._keep_early(event)

    def package_change(self, container: str, changes: Sequence[Change], cause: Event) -> None:
        """A container's package database differs from its image's, and its writer is done."""
        with self._lock:
            known = self._known.get(container)
            if known is not None and changes:
                files = self._written_with(known, cause)
                self._open(known, [*changes, *(one for one in files if not one.path.startswith(DATABASES))], cause)

    def compared(self, container: str) -> Overlay | None:
        """The files of a container, where they can be compared with its image's."""
        with self._lock:
            known = self._known.get(container)
            return known.overlay if known and known.own.layers.upper else None

    def running(self) -> list[str]:
        """The containers that run."""
        with self._lock:
            return [id_ for id_, known in self._known.items() if known.own.container.state in {"running", "paused"}]

    def found(self, container: str, changes: Sequence[Change]) -> None:
        """What a look at a container's files found, where no sensor says who did it."""
        with self._lock:
            known = self._known.get(container)
            if known is not None and changes:
                self._open(known, changes, None)

    def _keep_early(self, event: Event) -> None:
        """What happens in a container that is not known yet is looked at once it is: it started with us, or before."""
        self._early.setdefault(event.container, deque(maxlen=_EARLY)).append(event)
        while len(self._early) > _EARLY:
            self._early.popitem(last=False)

    def _learn(self, id_: str) -> Container | None:
        said = self._ports.engine.inspect(id_)
        if said is None:
            return None
        own = replace(said, container=replace(said.container, host=self._ports.host))
        with self._lock:
            known = self._known.get(id_)
            if known is None:
                known = _Known(own, Overlay(own.layers, self._hashes), self._groups.get(id_, 0))
                self._known[id_] = known
            known.own = own
            self._guard(known)
            for event in self._early.pop(id_, ()):
                self._happened(known, event)
        return own.container

    def _ended(self, id_: str, found: Container | None, *, gone: bool) -> Container | None:
        with self._lock:
            known = self._known.get(id_)
            last = found or (known.own.container if known else None)
            if last is None:
                return None
            stopped = last.stopped or self._ports.clock.now().isoformat()
            if gone:
                self._known.pop(id_, None)
            return replace(last, state="removed" if gone else "stopped", stopped=stopped)

    def _report(self, containers: Sequence[Container]) -> None:
        if containers:
            self._ports.spool.put(CONTAINERS, msgspec.json.encode(containers))

    def _begun(self, event: Event) -> None:
        """Before its first process: what is not known yet is guarded while any policy kills, until it is known."""
        self._groups[event.container] = event.group
        known = self._known.get(event.container)
        if known is not None:
            known.group = event.group
            known.guarded = False
            self._guard(known)
        elif self._rules.kills and self._ports.kernel is not None:
            self._ports.kernel.guard(event.group)

    def _guard(self, known: _Known) -> None:
        kernel = self._ports.kernel
        if kernel is None or not known.group:
            return
        wanted = self._rules.guards(known.own.container, self._ports.clock.now())
        if wanted and not known.guarded:
            kernel.guard(known.group)
            self._trust_copies(known)
        elif not wanted:
            kernel.unguard(known.group)
        known.guarded = wanted

    def _happened(self, known: _Known, event: Event) -> None:
        if event.kind == EXEC:
            known.starts[event.process.pid] = event
            while len(known.starts) > _STARTS:
                known.starts.popitem(last=False)
        if event.kind in {EXEC, SCRIPT} and (event.upper or event.memory):
            start = known.starts.get(event.process.pid)
            same = start is not None and start.process.started == event.process.started
            self._started(known, replace(event, arguments=start.arguments) if start and same else event)
        elif event.kind == WRITE and event.upper:
            self._wrote(known, event)
        elif event.kind == CHANGE and known.guarded:
            self._trust_copies(known)

    def _started(self, known: _Known, event: Event) -> None:
        """A program of the writable layer or out of memory: the image's own bytes are no difference."""
        if event.memory:
            self._open(known, [Change(event.path or "memory", "new")], event)
            return
        what = known.overlay.compare(event.path)
        if what == SAME and not event.killed:
            self._trust(known, event.path)
            return
        writer = known.writes.get(event.path)
        others = self._written_with(known, writer) if writer else []
        own = Change(event.path, what)  # "same" where the image's own program was ended before it could be compared
        self._open(known, [own, *(one for one in others if one.path != event.path)], event, writer)

    def _wrote(self, known: _Known, event: Event) -> None:
        known.writes[event.path] = event
        known.writes.move_to_end(event.path)
        while len(known.writes) > _WRITES:
            known.writes.popitem(last=False)
        if event.path.startswith(DATABASES):
            self._ports.recheck(event.container, event)
        elif known.guarded:
            self._trust(known, event.path)

    def _written_with(self, known: _Known, cause: Event) -> list[Change]:
        """What the process that caused something, and its children, wrote besides."""
        own = (cause.process.pid, cause.process.started)
        paths = [
            path
            for path, one in known.writes.items()
            if own in {(by.pid, by.started) for by in (one.process, *one.ancestors[:1])}
        ]
        found = ((path, known.overlay.compare(path)) for path in paths[:_TOGETHER])
        return [Change(path, what) for path, what in found if what != SAME]

    def _open(self, known: _Known, changes: Sequence[Change], cause: Event | None, writer: Event | None = None) -> None:
        """Open an incident, or add to the one that the same process caused; answer it once."""
        container = known.own.container
        incident = drift_incident(container, changes, cause, self._ports.clock.now().isoformat(), writer)
        before = self._told.get(incident.id)
        if before is not None:
            merged = tuple(dict.fromkeys((*before.changes, *incident.changes)))
            if merged == before.changes:
                return
            incident = replace(
                drift_incident(container, merged, cause, before.at), cause=before.cause or incident.cause
            )
        answer = self._rules.answer(container, incident, self._ports.clock.now())
        done = self._act(answer.response, container, cause) if before is None else before.response
        incident = answered(incident, answer, done)
        self._told[incident.id] = incident
        while len(self._told) > _INCIDENTS:
            self._told.popitem(last=False)
        self._ports.report(IncidentReport(incident, answer.judgement, msgspec.to_builtins(answer.subject)))

    def _act(self, response: str, container: Container, cause: Event | None) -> str:
        """Do what policies answer; what was done, which is only to have observed it where it cannot be done."""
        if response == PAUSE:
            try:
                return PAUSE if self._ports.engine.pause(container.id) else OBSERVE
            except OakumError:
                return OBSERVE
        if response == KILL and cause is not None:
            return KILL if cause.killed or _end(cause) else OBSERVE
        return OBSERVE

    def _trust_copies(self, known: _Known) -> None:
        """Files that were copied up with the image's own bytes may start."""
        for path, found in known.overlay.programs():
            self._trust_file(known, path, found)

    def _trust(self, known: _Known, path: str) -> None:
        found = known.overlay.stat_upper(path)
        if found is not None:
            self._trust_file(known, path, found)

    def _trust_file(self, known: _Known, path: str, found: os.stat_result) -> None:
        """Compared once for each state of the file: whatever changes it also changes its time."""
        key = (found.st_ino, found.st_ctime_ns)
        if self._ports.kernel is None or key in known.compared:
            return
        known.compared.add(key)
        if known.overlay.compare(path) == SAME:
            self._ports.kernel.trust(found)

    def _lost(self, event: Event) -> None:
        at = self._ports.clock.now().isoformat()
        what = f"{event.urgent} starts and ends of programs could not be recorded"
        where = f" in {event.container[:12]}" if event.container else ""
        incident = Incident(
            f"lost-{self._ports.host[:16]}-{event.container[:12]}-{event.at}",
            "events_lost",
            f"{what}{where}",
            at,
            host=self._ports.host,
            container=event.container,
        )
        self._ports.report(IncidentReport(incident))


def _end(event: Event) -> bool:
    """End the process of an event, if it is still the same one."""
    try:
        descriptor = os.pidfd_open(event.process.pid)
    except OSError:
        return False
    try:
        with open(f"/proc/{event.process.pid}/stat", "rb") as file:
            started = int(file.read().rpartition(b")")[2].split()[19]) * _TICKS
        if abs(started - event.process.started) > 2 * _TICKS:
            return False
        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    except (OSError, ValueError, IndexError):
        return False
    finally:
        os.close(descriptor)
    return True


def changes_of(before: Iterable[str], after: Iterable[str], path: str) -> list[Change]:
    """Packages (as package URLs) that came, or went, as changes of a database's file."""
    had, has = set(before), set(after)
    came = [Change(path, "changed", package=one) for one in sorted(has - had)]
    names = {one.rpartition("@")[0] for one in has}
    gone = [Change(path, "removed", package=one) for one in sorted(had - has) if one.rpartition("@")[0] not in names]
    return came + gone
