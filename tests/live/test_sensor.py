"""The kernel sensor beside a real engine: what containers do becomes events that know their container."""

import io
import os
import shutil
import subprocess
import tarfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from oakum.flows.watch_containers import Watch
from oakum.model.event import CONNECT, CONTAINER_START, CONTAINER_STOP, EXEC, EXIT, LOST, SCRIPT, WRITE, Event
from oakum.sources.kernel import groups
from oakum.sources.kernel.sensor import Asked, Sensor

pytestmark = pytest.mark.live("sensor", "dockerd", "busybox")

_SECONDS = 30
_SLEEP = ("/bin/busybox", "sleep", "1000")


class Watched(NamedTuple):
    """A sensor, and an engine with a container that sleeps."""

    sensor: Sensor
    watch: Watch
    engine: str
    image: str
    container: str
    waiting: deque[Event]

    def until(self, holds: Callable[[Event], bool]) -> list[Event]:
        """The events up to the first for which something holds; those behind it wait for the next question."""
        seen: list[Event] = []
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            self.waiting.extend(event for event in self.watch.events(0.1) if self.is_ours(event))
            while self.waiting:
                seen.append(self.waiting.popleft())
                if holds(seen[-1]):
                    return seen
        return pytest.fail(f"it was not seen among {[(e.kind, e.path) for e in seen][-50:]}")

    def is_ours(self, event: Event) -> bool:
        """Other containers and mount namespaces of this machine are none of the test's business."""
        return event.container.startswith(self.container)

    def one(self, kind: str, path: str) -> Event:
        return self.until(lambda event: event.kind == kind and event.path == path)[-1]

    def docker(self, *words: str, given: bytes = b"") -> str:
        command = ["docker", "-H", self.engine, *words]
        ended = subprocess.run(command, input=given, capture_output=True, timeout=_SECONDS * 3, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.decode()

    def inside(self, script: str) -> str:
        return self.docker("exec", self.container, "/bin/sh", "-c", script)

    def drain(self) -> list[Event]:
        return [event for event in self.watch.events(1.5) if self.is_ours(event)]


@pytest.fixture(scope="module")
def image(docker_engine: str) -> str:
    """An image with a shell and a few tools, all of them one program."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        binary = shutil.which("busybox")
        assert binary
        tar.add(binary, "bin/busybox")
        tar.add(binary, "bin/echo")  # a file of its own: a chmod copies up this name alone
        for name in ("sh", "cp", "ls", "sleep", "true", "chmod", "nc", "cat"):
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname, link.mode = tarfile.LNKTYPE, "bin/busybox", 0o755
            tar.addfile(link)
        for name in ("srv", "var/lib/dpkg"):
            folder = tarfile.TarInfo(name)
            folder.type, folder.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(folder)
        status = tarfile.TarInfo("var/lib/dpkg/status")
        tar.addfile(status, io.BytesIO())
    command = ["docker", "-H", docker_engine, "import", "-", "oakum-sensor:1"]
    subprocess.run(command, input=archive.getvalue(), check=True, capture_output=True, timeout=_SECONDS)
    return "oakum-sensor:1"


@pytest.fixture
def watched(docker_engine: str, image: str) -> Iterator[Watched]:
    sensor = Sensor(Asked(repeat=60))
    watch = Watch(sensor, "here")
    watched = Watched(sensor, watch, docker_engine, image, "", deque())
    container = ""
    try:
        container = watched.docker("run", "-d", "--network", "none", "--tmpfs", "/run:exec", image, *_SLEEP).strip()
        yield watched._replace(container=container)
    finally:
        sensor.close()
        if container:
            watched.docker("rm", "-f", container)


def test_every_part_of_the_sensor_works_here(watched: Watched) -> None:
    assert [sight for sight in watched.sensor.sights if not sight.works] == []


def test_a_container_is_seen_before_its_first_process_and_when_it_goes(watched: Watched) -> None:
    seen = watched.until(lambda event: event.kind == EXEC and event.path == "/bin/busybox")
    (start,) = [event for event in seen if event.kind == CONTAINER_START]
    assert start.container == watched.container
    first = seen[-1]
    assert first.container == watched.container
    assert first.arguments == _SLEEP
    assert start.at < first.at
    assert start.sequence < first.sequence
    watched.docker("kill", watched.container)
    seen = watched.until(lambda event: event.kind == CONTAINER_STOP)
    assert seen[-1].container == watched.container
    ends = [event for event in seen if event.kind == EXIT and event.process == replaced(first)]
    assert [event.exit_code for event in ends] == [128 + 9]


def replaced(event: Event) -> object:
    """The process of an event as an exit names it: without its program's path."""
    process = event.process
    return type(process)(process.pid, process.started, process.name)


def test_the_images_own_program_is_told_from_a_dropped_one(watched: Watched) -> None:
    watched.inside("/bin/ls /; /bin/cp /bin/busybox /srv/ls; /srv/ls /")
    own = watched.one(EXEC, "/bin/ls")
    assert (own.upper, own.layered, own.memory, own.script) == (False, True, False, False)
    copied = watched.one(WRITE, "/srv/ls")
    assert copied.upper
    assert copied.process.exe == "/bin/cp"
    dropped = watched.one(EXEC, "/srv/ls")
    assert (dropped.upper, dropped.layered, dropped.memory) == (True, True, False)
    assert dropped.container == copied.container == watched.container
    assert dropped.file[:2] == copied.file[:2]
    upper = watched.docker("inspect", "-f", "{{.GraphDriver.Data.UpperDir}}", watched.container).strip()
    there = os.stat(upper + "/srv/ls")
    assert dropped.file == (there.st_dev, there.st_ino, there.st_ctime_ns)


def test_who_did_it_is_known_up_to_the_engine(watched: Watched) -> None:
    watched.inside("/bin/ls /srv; true")
    event = watched.one(EXEC, "/bin/ls")
    assert event.arguments == ("/bin/ls", "/srv")
    names = [process.name for process in event.ancestors]
    assert names[0] == "sh"
    assert any(name.startswith("containerd-shim") for name in names)  # runc may still stand between
    assert event.uid == 0
    assert all(process.pid and process.started for process in event.ancestors)


def test_a_script_names_itself_and_its_interpreter(watched: Watched) -> None:
    watched.inside("echo '#!/bin/sh' > /srv/s; echo true >> /srv/s; chmod 755 /srv/s; /srv/s one 'two three'")
    event = watched.one(EXEC, "/srv/s")
    assert event.script
    assert event.process.exe == "/bin/sh"
    assert event.arguments == ("/bin/sh", "/srv/s", "one", "two three")


def test_an_interpreter_opens_the_script_and_that_says_whose_it_is(watched: Watched) -> None:
    watched.inside("echo '#!/bin/sh' > /srv/s; echo 'cat /srv/s' >> /srv/s; /bin/chmod 755 /srv/s; cd /srv; ./s")
    started = watched.until(lambda event: event.kind == EXEC and event.script)[-1]
    assert started.path == "./s"
    event = watched.until(lambda event: event.kind == SCRIPT)[-1]
    assert (event.path, event.upper, event.process.exe) == ("/srv/s", True, "/bin/sh")
    assert event.process.pid == started.process.pid
    watched.inside("/bin/ls /")
    assert not [event for event in watched.drain() if event.kind == SCRIPT]


def test_a_dropped_script_of_a_guarded_container_is_ended_before_its_first_line(watched: Watched) -> None:
    group = _group(watched)
    watched.inside("echo '#!/bin/sh' > /srv/s; echo 'echo ran > /srv/ran' >> /srv/s; /bin/chmod 755 /srv/s")
    watched.sensor.guard(group)
    said = watched.inside(_TWENTY.format("/srv/s") + "; /bin/ls /srv")
    assert said.split() == ["137"] * 20 + ["s"]
    events = [event for event in watched.drain() if event.kind == SCRIPT]
    assert [event.killed for event in events] == [True] * 20


def test_a_program_in_memory_is_told(watched: Watched, tmp_path: object) -> None:
    binary = _built(str(tmp_path), _MEMFD)
    watched.docker("exec", "-i", watched.container, "/bin/sh", "-c", "cat > /srv/m; chmod 755 /srv/m", given=binary)
    watched.inside("/srv/m")
    event = watched.until(lambda event: event.kind == EXEC and event.memory)[-1]
    assert event.path == "/memfd:payload"
    assert event.container == watched.container
    assert not event.layered


def test_a_program_on_a_volume_is_not_of_the_layers(watched: Watched) -> None:
    watched.inside("/bin/cp /bin/busybox /run/ls; /run/ls /")
    event = watched.one(EXEC, "/run/ls")
    assert (event.upper, event.layered, event.memory) == (False, False, False)


def test_a_write_to_the_package_database_is_told(watched: Watched) -> None:
    watched.inside("echo x >> /var/lib/dpkg/status")
    event = watched.one(WRITE, "/var/lib/dpkg/status")
    assert event.upper
    assert event.process.name == "sh"
    assert event.container == watched.container


def test_a_connection_that_is_tried_is_told(watched: Watched) -> None:
    watched.inside("/bin/nc 127.0.0.1 4444; /bin/nc ::1 4445; true")
    found = watched.until(lambda event: event.kind == CONNECT and event.address == "[::1]:4445")
    connections = [event for event in found if event.kind == CONNECT]
    assert [event.address for event in connections] == ["127.0.0.1:4444", "[::1]:4445"]
    assert {event.container for event in connections} == {watched.container}
    assert {event.process.name for event in connections} == {"nc"}


def test_arguments_without_end_are_cut_and_say_so(watched: Watched) -> None:
    watched.inside("/bin/ls " + "b" * 3000 + " || true")
    event = watched.until(lambda event: event.kind == EXEC and event.path == "/bin/ls")[-1]
    assert event.cut
    assert sum(len(one) + 1 for one in event.arguments) <= 1025


def _group(watched: Watched) -> int:
    return watched.until(lambda event: event.kind == CONTAINER_START and event.container == watched.container)[-1].group


_TWENTY = "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do {} ; echo $?; done"


def test_a_dropped_program_of_a_guarded_container_is_ended_before_it_does_anything(watched: Watched) -> None:
    group = _group(watched)
    watched.inside("/bin/cp /bin/busybox /srv/touch")
    assert watched.inside("/srv/touch /srv/before; /bin/ls /srv").split() == ["before", "touch"]
    watched.sensor.guard(group)
    said = watched.inside(_TWENTY.format("/srv/touch /srv/after$i 2>/dev/null") + "; /bin/ls /srv")
    assert said.split() == ["137"] * 20 + ["before", "touch"]
    events = [event for event in watched.drain() if event.kind == EXEC and event.path == "/srv/touch"]
    assert [event.killed for event in events] == [False] + [True] * 20
    assert watched.inside("/bin/ls /srv").split() == ["before", "touch"]  # the image's own programs start
    watched.sensor.unguard(group)
    watched.inside("/srv/touch /srv/again")


def test_the_images_own_program_survives_a_chmod_once_its_bytes_are_known(watched: Watched) -> None:
    watched.sensor.guard(_group(watched))
    watched.inside("/bin/chmod 700 /bin/echo")
    assert set(watched.inside(_TWENTY.format("/bin/echo in")).split()) == {"137"}
    upper = watched.docker("inspect", "-f", "{{.GraphDriver.Data.UpperDir}}", watched.container).strip()
    watched.sensor.trust(os.stat(upper + "/bin/echo"))
    assert watched.inside(_TWENTY.format("/bin/echo in")).split() == ["in", "0"] * 20
    events = [event for event in watched.drain() if event.kind == EXEC and event.path == "/bin/echo"]
    assert [event.killed for event in events] == [True] * 20 + [False] * 20
    assert all(event.upper for event in events)
    watched.inside("/bin/cp /bin/ls /bin/echo")  # other bytes under the trusted name
    assert set(watched.inside(_TWENTY.format("/bin/echo in")).split()) == {"137"}


def test_a_program_in_memory_is_ended_in_a_guarded_container(watched: Watched, tmp_path: object) -> None:
    binary = _built(str(tmp_path), _MEMFD)
    watched.docker("cp", "-", f"{watched.container}:/srv", given=_archive("m", binary))
    upper = watched.docker("inspect", "-f", "{{.GraphDriver.Data.UpperDir}}", watched.container).strip()
    watched.sensor.trust(os.stat(upper + "/srv/m"))
    watched.sensor.guard(_group(watched))
    assert watched.inside("/srv/m; echo $?").split() == ["137"]
    event = watched.until(lambda event: event.kind == EXEC and event.memory)[-1]
    assert event.killed


def test_another_container_is_not_guarded_by_it(watched: Watched) -> None:
    watched.sensor.guard(_group(watched))
    said = watched.docker("run", "--rm", "--network", "none", watched.image, "/bin/sh", "-c",
                          "/bin/cp /bin/busybox /srv/ls; /srv/ls /srv")  # fmt: skip
    assert said == "ls\n"


def test_ten_thousand_programs_and_writes_lose_no_start_and_no_end(watched: Watched) -> None:
    script = "i=0; while [ $i -lt 10000 ]; do /bin/true; echo > /srv/$i; i=$((i+1)); done"
    command = ["docker", "-H", watched.engine, "exec", watched.container, "/bin/sh", "-c", script]
    seen: Counter[str] = Counter()
    lost = 0
    with subprocess.Popen(command) as process:
        for event in filter(watched.is_ours, watched.watch.events(until=lambda: process.poll() is not None)):
            seen[event.kind] += event.path.startswith(("/srv/", "/bin/true")) or event.kind == EXIT
            lost += event.count
    for event in watched.drain():
        seen[event.kind] += event.path.startswith(("/srv/", "/bin/true")) or event.kind == EXIT
        lost += event.count
    total = watched.sensor.totals()
    assert total.urgent == 0
    assert seen[EXEC] == 10_000
    assert seen[EXIT] >= 10_000
    assert seen[WRITE] + lost == 10_000


def test_a_noisy_container_is_bounded_and_what_it_loses_is_its_own(docker_engine: str, image: str) -> None:
    sensor = Sensor(Asked(parts=("exec", "write", "container"), rate=50))
    watch = Watch(sensor, "here")
    watched = Watched(sensor, watch, docker_engine, image, "", deque())
    try:
        script = "i=0; while [ $i -lt 2000 ]; do echo > /srv/$i; echo > /srv/$i; i=$((i+1)); done; /bin/true"
        words = ("create", "--rm", "--network", "none", image, "/bin/sh", "-c", script)
        watched = watched._replace(container=watched.docker(*words).strip())
        watched.docker("start", "-a", watched.container)
        events = watched.drain()
        (start,) = [event for event in events if event.kind == CONTAINER_START]
        told = [event for event in events if event.kind == WRITE and event.path.startswith("/srv/")]
        lost = [event for event in events if event.kind == LOST and event.container == start.container]
        assert 0 < len(told) < 2000
        assert sum(event.count for event in lost) + len(told) == 2000
        assert sum(event.suppressed for event in lost) == 2000
        assert sum(event.urgent for event in lost) == 0
        assert sensor.totals().limited > 0
        assert [event.path for event in events if event.kind == EXEC][-1] == "/bin/true"
    finally:
        sensor.close()


def test_who_leaves_a_container_for_the_hosts_files_is_still_seen(watched: Watched) -> None:
    rights = ("--pid", "host", "--cap-add", "SYS_ADMIN", "--cap-add", "SYS_PTRACE")
    container = watched.docker("run", "-d", "--network", "none", *rights, watched.image, *_SLEEP).strip()
    other = watched._replace(container=container, waiting=deque())
    try:
        other.until(lambda event: event.kind == EXEC and event.path == "/bin/busybox")
        leave = ("/bin/busybox", "nsenter", "-t", str(os.getpid()), "-m", "/usr/bin/env", "true")
        other.docker("exec", container, *leave)
        seen = other.until(lambda event: event.kind == EXEC and event.arguments == ("/usr/bin/env", "true"))
        assert seen[-1].outside
        assert seen[-1].path == os.path.realpath("/usr/bin/env")
        assert [event.outside for event in seen if event.arguments == leave] == [False]
    finally:
        other.docker("rm", "-f", container)


@pytest.mark.skipif(not groups.pids_hierarchy(), reason="this host has the unified hierarchy alone")
def test_containers_are_known_by_the_pids_controller_where_there_is_no_unified_hierarchy(
    docker_engine: str, image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "unified", str)
    sensor = Sensor(Asked())
    watched = Watched(sensor, Watch(sensor, "here"), docker_engine, image, "", deque())
    try:
        assert [sight.part for sight in sensor.sights if not sight.works] == ["connect"]
        words = ("create", "--rm", "--network", "none", image, "/bin/sh", "-c", "/bin/ls /; true")
        watched = watched._replace(container=watched.docker(*words).strip())
        watched.docker("start", "-a", watched.container)
        seen = watched.until(lambda event: event.kind == CONTAINER_STOP)
        (started,) = [event for event in seen if event.kind == EXEC and event.path == "/bin/ls"]
        assert started.container == watched.container
        later = watched.docker("run", "-d", "--network", "none", image, *_SLEEP).strip()
        assert later in sensor.containers().values()
        watched.docker("rm", "-f", later)
    finally:
        sensor.close()


_MEMFD = """
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <fcntl.h>
#include <unistd.h>
extern char **environ;
int main(int argc, char **argv) {
    if (argc > 1) return 0;
    int from = open("/proc/self/exe", O_RDONLY), to = memfd_create("payload", 0);
    while (sendfile(to, from, 0, 1 << 20) > 0) {}
    char *words[] = {"payload", "again", 0};
    fexecve(to, words, environ);
    return 1;
}
"""


def _archive(name: str, content: bytes) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o755
        tar.addfile(entry, io.BytesIO(content))
    return raw.getvalue()


def _built(folder: str, source: str) -> bytes:
    with open(f"{folder}/a.c", "w", encoding="utf-8") as file:
        file.write(source)
    subprocess.run(["cc", "-static", "-O1", "-o", f"{folder}/a", f"{folder}/a.c"], check=True, timeout=_SECONDS)
    with open(f"{folder}/a", "rb") as built:
        return built.read()
