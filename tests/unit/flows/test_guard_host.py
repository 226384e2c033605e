"""A host that is guarded, with an engine and a kernel that note what they are asked for."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from oakum.adapters.spool import FolderSpool
from oakum.flows.answer_drift import DriftRules
from oakum.flows.guard_host import HostGuard, Ports, changes_of
from oakum.model.api import IncidentReport
from oakum.model.engine_container import EngineContainer, EngineEvent, Layers
from oakum.model.event import CHANGE, CONTAINER_START, EXEC, LOST, SCRIPT, WRITE, Event, Process
from oakum.model.fleet import Container
from oakum.model.subject import Change, Placement
from oakum.ports.spool import CONTAINERS

ID = "c" * 64
POLICY = """oakum: policy/1
name: drift
title: drift
severity: high
unknown: allow
when: differs_from_image
then: {run: ACTION}
"""


class Clock:
    """Implements ``ports.clock.Clock``: it stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 25, 12, tzinfo=UTC)


class Engine:
    """Implements ``ports.container_engine.ContainerEngine``."""

    def __init__(self, place: Path) -> None:
        self.layers = Layers(str(place / "upper"), (str(place / "lower"),))
        self.paused: list[str] = []
        self.there = True

    def about(self) -> str:
        return "docker 1"

    def ids(self) -> list[str]:
        return [ID]

    def inspect(self, id_: str) -> EngineContainer | None:
        container = Container(id_, "", "shop", "shop:2", "sha256:i", state="running", started="2026-11-25T11:00:00Z")
        return EngineContainer(container, self.layers) if self.there else None

    def events(self) -> Iterator[EngineEvent]:
        return iter(())

    def pause(self, id_: str) -> bool:
        self.paused.append(id_)
        return True


class Kernel:
    """Implements ``flows.guard_host.Kernel``."""

    def __init__(self) -> None:
        self.guarded: set[int] = set()
        self.trusted: list[int] = []

    def guard(self, group: int) -> None:
        self.guarded.add(group)

    def unguard(self, group: int) -> None:
        self.guarded.discard(group)

    def trust(self, file: os.stat_result) -> None:
        self.trusted.append(file.st_ino)


class Host:
    """Everything of one host."""

    def __init__(self, place: Path, action: str) -> None:
        for layer in ("upper/bin", "lower/bin"):
            (place / layer).mkdir(parents=True)
        (place / "lower/bin/own").write_bytes(b"own")
        self.place, self.engine, self.kernel = place, Engine(place), Kernel()
        self.spool = FolderSpool(str(place / "spool"))
        self.rechecked: list[str] = []
        self.reports: list[IncidentReport] = []
        ports = Ports(
            "h1",
            self.engine,
            self.spool,
            Clock(),
            self.kernel,
            lambda id_, _: self.rechecked.append(id_),
            self.reports.append,
            lambda _, making: "login:1000" if making else "",
        )
        self.guard = HostGuard(ports, DriftRules(POLICY.replace("ACTION", action), Placement()))

    def write(self, name: str, data: bytes) -> None:
        path = self.place / "upper" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o755)

    def incidents(self) -> list[IncidentReport]:
        found = self.reports[:]
        self.reports.clear()
        return found


def started(path: str, **more: object) -> Event:
    values = {"upper": True, "process": Process(7, 1, "x"), "arguments": (path,), **more}
    return msgspec.structs.replace(Event(EXEC, 1, "h1", ID, path=path), **values)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    made = Host(tmp_path, "observe")
    made.guard.learn_all()
    return made


def test_a_container_is_reported_when_it_is_created_and_when_it_has_gone(host: Host) -> None:
    host.guard.learn(EngineEvent("create", ID))
    host.engine.there = False
    host.guard.learn(EngineEvent("destroy", ID))
    host.guard.learn(EngineEvent("attach", ID))
    states = []
    while item := host.spool.next():
        assert item.kind == CONTAINERS
        states += [(one.state, bool(one.stopped)) for one in msgspec.json.decode(item.body, type=list[Container])]
        host.spool.done(item)
    assert states == [("running", False), ("running", False), ("removed", True)]


def test_a_foreign_program_is_one_incident_with_its_writer_and_the_images_own_is_none(host: Host) -> None:
    host.write("bin/own", b"own")
    host.guard.handle(started("/bin/own"))
    assert host.incidents() == []
    host.write("tmp/tool", b"x")
    writer = Event(WRITE, 1, "h1", ID, process=Process(6, 1, "wget", "/bin/wget"), path="/tmp/tool", upper=True)  # noqa: S108
    host.guard.handle(writer)
    for _ in range(3):
        host.guard.handle(started("/tmp/tool"))  # noqa: S108 - of the container
    (report,) = host.incidents()
    assert [one.path for one in report.incident.changes] == ["/tmp/tool"]  # noqa: S108 - as above
    assert "wrote /tmp/tool by /bin/wget" in report.incident.cause
    assert report.judgement is not None
    assert report.incident.judgement == report.judgement.id
    assert report.incident.response == "observe"


def test_what_happens_before_a_container_is_known_is_looked_at_then(tmp_path: Path) -> None:
    host = Host(tmp_path, "observe")
    host.write("tmp/tool", b"x")
    host.guard.handle(started("/tmp/tool"))  # noqa: S108 - of the container
    assert host.incidents() == []
    host.guard.learn(EngineEvent("start", ID))
    assert len(host.incidents()) == 1


def test_a_script_has_the_arguments_of_its_start(host: Host) -> None:
    host.write("tmp/s", b"#!/bin/sh\n")
    host.guard.handle(started("/tmp/s", upper=False, script=True, arguments=("/bin/sh", "/tmp/s")))  # noqa: S108
    host.guard.handle(msgspec.structs.replace(started("/tmp/s", arguments=()), kind=SCRIPT))  # noqa: S108
    (report,) = host.incidents()
    assert report.incident.command == ("/bin/sh", "/tmp/s")  # noqa: S108 - of the container


def test_a_program_in_memory_is_an_incident_and_the_runtimes_own_is_not(host: Host) -> None:
    host.guard.handle(started("/memfd:runc", upper=False, memory=True, outside=True))
    assert host.incidents() == []
    host.guard.handle(started("/memfd:x", upper=False, memory=True))
    assert len(host.incidents()) == 1


def test_pause_asks_the_engine_once(tmp_path: Path) -> None:
    host = Host(tmp_path, "pause")
    host.guard.learn_all()
    host.write("tmp/tool", b"x")
    for _ in range(2):
        host.guard.handle(started("/tmp/tool"))  # noqa: S108 - of the container
    assert host.engine.paused == [ID]
    assert [one.incident.response for one in host.incidents()] == ["pause"]


def test_kill_guards_before_the_first_process_and_trusts_copies(tmp_path: Path) -> None:
    host = Host(tmp_path, "kill")
    host.guard.handle(Event(CONTAINER_START, 1, "h1", ID, group=42))
    assert host.kernel.guarded == {42}  # nobody knows it yet: better guarded than not
    host.guard.learn_all()
    assert host.kernel.guarded == {42}
    host.write("bin/own", b"own")
    host.guard.handle(Event(CHANGE, 1, "h1", ID))
    assert host.kernel.trusted == [(tmp_path / "upper/bin/own").stat().st_ino]
    host.write("bin/foreign", b"x")
    host.guard.handle(Event(CHANGE, 1, "h1", ID))
    assert len(host.kernel.trusted) == 1
    host.guard.handle(started("/bin/foreign", killed=True))
    assert [one.incident.response for one in host.incidents()] == ["kill"]
    host.guard.follow(DriftRules(POLICY.replace("ACTION", "observe"), Placement()))
    assert host.kernel.guarded == set()


def test_a_write_to_a_package_database_is_looked_at_later(host: Host) -> None:
    cause = Event(WRITE, 1, "h1", ID, path="/var/lib/dpkg/status-new", upper=True, process=Process(5, 1, "dpkg"))
    host.guard.handle(cause)
    assert host.rechecked == [ID]
    changes = changes_of(["pkg:deb/a@1", "pkg:deb/b@1"], ["pkg:deb/a@2", "pkg:deb/c@1"], "/var/lib/dpkg/status")
    assert [(one.what, one.package) for one in changes] == [
        ("changed", "pkg:deb/a@2"), ("changed", "pkg:deb/c@1"), ("removed", "pkg:deb/b@1"),
    ]  # fmt: skip
    host.guard.package_change(ID, changes, cause)
    (report,) = host.incidents()
    assert "pkg:deb/c@1" in report.incident.title


def test_lost_starts_are_an_incident_and_lost_writes_are_not(host: Host) -> None:
    host.guard.handle(Event(LOST, 1, "h1", ID, count=5, urgent=0))
    assert host.incidents() == []
    host.guard.handle(Event(LOST, 2, "h1", ID, count=5, urgent=2))
    (report,) = host.incidents()
    assert report.incident.kind == "events_lost"
    host.guard.found(ID, [Change("/x", "new")])
    (report,) = host.incidents()
    assert report.incident.cause == ""


def test_who_asked_for_a_container_is_kept_from_its_making_on(host: Host) -> None:
    for action in ("create", "start"):
        host.guard.learn(EngineEvent(action, ID))
    told = []
    while item := host.spool.next():
        told += [one.started_by for one in msgspec.json.decode(item.body, type=list[Container])]
        host.spool.done(item)
    assert told == ["", "login:1000", "login:1000"]
