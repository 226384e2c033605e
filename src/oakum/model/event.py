"""Events of running containers, as a sensor saw them."""

from msgspec import Struct

EXEC = "exec"
EXIT = "exit"
WRITE = "write"
CONNECT = "connect"
CONTAINER_START = "container_start"
CONTAINER_STOP = "container_stop"
LOST = "lost"
GROUP = "group"
SCRIPT = "script"
CHANGE = "change"
"""Kinds of events. ``lost`` says how many others could not be reported; ``group`` that a control group came or went
that is no container's own; ``script`` that an interpreter opened the script that it was started for; ``change`` that
rights, owner or times of some file were changed in a guarded container."""


class Process(Struct, frozen=True, array_like=True):
    """A process by what does not change while it lives.

    Attributes:
        pid: in the host's namespace.
        started: nanoseconds after the host's boot; with the pid it is an identity, a pid alone is not.
        name: as the kernel has it, up to 15 bytes.
        exe: path of the program from the process's root, or empty where it is not known.
    """

    pid: int
    started: int
    name: str = ""
    exe: str = ""


class Event(Struct, frozen=True):
    """One thing that happened.

    Attributes:
        kind: one of the kinds above.
        at: nanoseconds since the epoch, by the host's clock.
        host: id of the host.
        container: id of the container, or empty for the host itself.
        sequence: counts the events of one run of one sensor; a hole is a loss.
        process: who did it.
        ancestors: its parents, nearest first, as far as they were read.
        uid: effective user id in the host's namespace.
        login: audit login uid of the session, or -1: nobody logged in, or it is not known.
        arguments: of an exec; the part that was read.
        cut: the arguments were longer.
        path: of the program, or of the file that was written.
        upper: the file lies in the container's writable layer: it is new, changed, or was copied up by a mere chmod.
        layered: the file lies in the container's overlay at all; else on a volume, in memory, or in another store.
        memory: the program lies in no file system (memfd).
        script: the path is a script; the program is its interpreter.
        file: device, inode and change time of the file, where they were read.
        address: ``10.0.0.7:443``, of a connect.
        exit_code: of an exit.
        count: how many events were lost.
        urgent: how many of those were starts and ends of programs or containers.
        suppressed: how many repeats were left out on purpose, since the last such event.
        group: id of the control group that came or went.
        outside: the container's process sees the host's files: it left its mount namespace for the host's.
        killed: the sensor ended the process at this event.
    """

    kind: str
    at: int
    host: str = ""
    container: str = ""
    sequence: int = 0
    process: Process = Process(0, 0)
    ancestors: tuple[Process, ...] = ()
    uid: int = 0
    login: int = -1
    arguments: tuple[str, ...] = ()
    cut: bool = False
    path: str = ""
    upper: bool = False
    memory: bool = False
    script: bool = False
    file: tuple[int, int, int] = (0, 0, 0)
    address: str = ""
    exit_code: int = 0
    count: int = 0
    killed: bool = False
    layered: bool = False
    urgent: int = 0
    suppressed: int = 0
    group: int = 0
    outside: bool = False
