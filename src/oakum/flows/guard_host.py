"""Guard a host: know its containers, see where one differs from its image, answer as policies say, and report it."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from threading import RLock
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from oakum.flows.answer_drift import DriftRules
from oakum.flows.answer_incidents import Difference, IncidentAnswers
from oakum.flows.trust_files import Kernel, Trust
from oakum.model.api import IncidentReport
from oakum.model.engine_container import EngineContainer, EngineEvent
from oakum.model.event import CHANGE, CONTAINER_START, CONTAINER_STOP, EXEC, LOST, SCRIPT, WRITE, Event
from oakum.model.fleet import Container
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
_ENDED: Final = frozenset({"die", "destroy"})
_TOLD: Final = frozenset({"create", "start", "die", "destroy", "pause", "unpause", "rename", "restart", "update"})


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
        starter: container id, and whether it is being made right now -> who asked for it, or empty.
    """

    host: str
    engine: ContainerEngine
    spool: Spool
    clock: Clock
    kernel: Kernel | None
    recheck: Callable[[str, Event], None]
    report: Callable[[IncidentReport], None]
    starter: Callable[[str, bool], str]


class _Known(Struct):
    """A container of this host, and what happened to its files."""

    own: EngineContainer
    overlay: Overlay
    trust: Trust
    group: int = 0
    guarded: bool = False
    writes: OrderedDict[str, Event] = OrderedDict()
    starts: OrderedDict[int, Event] = OrderedDict()


class HostGuard:
    """One host. Its methods may be called from several threads."""

    def __init__(self, ports: Ports, rules: DriftRules) -> None:
        """Nothing is known yet."""
        self._ports, self._rules, self._lock = ports, rules, RLock()
        self._hashes = Hashes()
        self._known: dict[str, _Known] = {}
        self._groups: dict[str, int] = {}
        self._incidents = IncidentAnswers(ports.host, ports.engine, ports.clock, ports.report)
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
        found = self._learn(said.id, new=said.action == "create")
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
                self._incidents.lost(event)
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

    def _learn(self, id_: str, *, new: bool = False) -> Container | None:
        asker = self._ports.starter(id_, new)  # first of all: whoever asked is still there only for a moment
        said = self._ports.engine.inspect(id_)
        if said is None:
            return None
        with self._lock:
            known = self._known.get(id_)
            asker = asker or (known.own.container.started_by if known else "")
            own = replace(said, container=replace(said.container, host=self._ports.host, started_by=asker))
            if known is None:
                overlay = Overlay(own.layers, self._hashes)
                known = _Known(own, overlay, Trust(self._ports.kernel, overlay), self._groups.get(id_, 0))
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
            known.trust.copies()
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
            known.trust.copies()

    def _started(self, known: _Known, event: Event) -> None:
        """A program of the writable layer or out of memory: the image's own bytes are no difference."""
        if event.memory:
            self._open(known, [Change(event.path or "memory", "new")], event)
            return
        what = known.overlay.compare(event.path)
        if what == SAME and not event.killed:
            known.trust.path(event.path)
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
            known.trust.path(event.path)

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
        self._incidents.open(Difference(known.own.container, changes, cause, writer), self._rules)


def changes_of(before: Iterable[str], after: Iterable[str], path: str) -> list[Change]:
    """Packages (as package URLs) that came, or went, as changes of a database's file."""
    had, has = set(before), set(after)
    came = [Change(path, "changed", package=one) for one in sorted(has - had)]
    names = {one.rpartition("@")[0] for one in has}
    gone = [Change(path, "removed", package=one) for one in sorted(had - has) if one.rpartition("@")[0] not in names]
    return came + gone
