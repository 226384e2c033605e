"""What code that took over a parser would try, each by its name; what gets through is a breach.

An attack raises ``OSError`` when it is refused, and returns when it was not. Deadly ones end the process.
"""

import ctypes
import os
import resource
import socket
import subprocess
from collections.abc import Callable, Mapping
from typing import Final

from oakum.kit.syscalls import call

Attack = Callable[[str], object]


def _connect(family: int, kind: int, address: object) -> None:
    with socket.socket(family, kind) as connection:
        connection.connect(address)  # type: ignore[arg-type]


def _tcp(port: str) -> None:
    _connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int(port)))


def _udp(port: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"secret", ("127.0.0.1", int(port)))


def _parents(name: str) -> Attack:
    return lambda _: _read(f"/proc/{os.getppid()}/{name}")


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(1)


def _write(path: str) -> None:
    with open(path, "wb") as file:
        file.write(b"breach")


def _shell(path: str) -> None:
    ran = subprocess.run(["/bin/sh", "-c", f"echo breach > {path}"], check=False)  # noqa: S603 - an attack is what this is
    if ran.returncode:
        raise OSError(1, "the shell failed")


def _system(path: str) -> None:
    if os.system(f"echo breach > {path}"):  # noqa: S605 - an attack is what this is
        raise OSError(1, "the shell failed")


def _fork(_: str) -> None:
    if os.fork() == 0:
        os._exit(0)
    os.wait()


def _owner(_: str) -> None:
    import fcntl  # noqa: PLC0415 - of this attack alone

    fcntl.fcntl(1, fcntl.F_SETOWN, os.getppid())


def _type(_: str) -> None:
    import fcntl  # noqa: PLC0415 - of this attack alone

    fcntl.ioctl(2, 0x5412, b"x")  # TIOCSTI
    raise OSError(25, "no terminal")


def _device(path: str) -> None:
    os.mknod(path + ".device", 0o600 | 0o020000, os.makedev(1, 1))


def _raw(number: int, *words: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(ctypes.c_long(number), *(ctypes.c_long(word) for word in words)) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _deadly(name: str, *words: int) -> Attack:
    return lambda _: call(name, *words)


REFUSED: Final[Mapping[str, Attack]] = {
    "key": _read,
    "list": lambda path: os.listdir(os.path.dirname(path)),
    "passwords": lambda _: _read("/etc/passwd"),
    "environ": _parents("environ"),
    "memory": lambda _: os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY),
    "maps": _parents("maps"),
    "descriptors": lambda _: os.listdir(f"/proc/{os.getppid()}/fd"),
    "own_memory": lambda _: os.open("/proc/self/mem", os.O_RDWR),
    "tcp": _tcp,
    "udp": _udp,
    "engine": lambda path: _connect(socket.AF_UNIX, socket.SOCK_STREAM, path),
    "abstract": lambda name: _connect(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + name),
    "netlink": lambda _: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "inherited": lambda number: os.read(int(number), 1),
    "shell": _shell,
    "system": _system,
    "spawn": lambda _: os.posix_spawn("/bin/true", ["true"], {}),
    "fork": _fork,
    "write": lambda path: _write(path + ".new"),
    "overwrite": _write,
    "append": lambda path: os.open(path, os.O_WRONLY | os.O_APPEND),
    "truncate": lambda path: os.truncate(path, 0),
    "link": lambda path: os.link(path, path + ".link"),
    "symlink": lambda path: os.symlink(path, path + ".symlink"),
    "rename": lambda path: os.rename(path, path + ".renamed"),
    "unlink": os.unlink,
    "folder": lambda path: os.mkdir(path + ".folder"),
    "pipe": lambda path: os.mkfifo(path + ".pipe"),
    "device": _device,
    "unnamed": lambda path: os.open(os.path.dirname(path), os.O_TMPFILE | os.O_RDWR),
    "memfd": lambda _: os.memfd_create("program"),
    "chmod": lambda path: os.chmod(path, 0o777),  # noqa: S103 - an attack is what this is
    "chown": lambda path: os.chown(path, os.getuid(), os.getgid()),
    "utime": lambda path: os.utime(path, (0, 0)),
    "attribute": lambda path: os.setxattr(path, "user.breach", b"1"),
    "kill": lambda _: os.kill(os.getppid(), 0),
    "group": lambda _: os.killpg(os.getpgid(os.getppid()), 0),
    "owner": _owner,
    "type": _type,
    "limit": lambda _: _set_limit(),
    "user": lambda _: os.setuid(os.getuid()),
    "dumpable": lambda _: call("prctl", 4, 1, 0, 0, 0),
    "filter": lambda _: call("seccomp", 1, 0, None),
    "priority": lambda _: os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0)),
}
"""Attacks that are an error for who tries them."""

DEADLY: Final[Mapping[str, Attack]] = {
    "exec": lambda _: os.execv("/bin/true", ["true"]),  # noqa: S606 - an attack is what this is
    "exec_descriptor": lambda _: os.execve(1, ["true"], {}),  # noqa: S606 - an attack is what this is
    "ptrace": lambda _: call("ptrace", 16, os.getppid(), 0, 0),
    "read_memory": lambda _: call("process_vm_readv", os.getppid(), 0, 0, 0, 0, 0),
    "write_memory": lambda _: call("process_vm_writev", os.getppid(), 0, 0, 0, 0, 0),
    "get_descriptor": _deadly("pidfd_getfd", 0, 0, 0),
    "io_uring": _deadly("io_uring_setup", 8, 0),
    "bpf": _deadly("bpf", 0, 0, 0),
    "mount": _deadly("mount", 0, 0, 0, 0, 0),
    "keys": _deadly("keyctl", 0, 0, 0, 0, 0),
    "namespace": _deadly("unshare", 0x10000000),
    "perf": _deadly("perf_event_open", 0, 0, 0, 0, 0),
    "other_interface": lambda _: _raw(0x40000000 + 39),
}
"""Attacks that end the process that tries them."""


def _set_limit() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, resource.getrlimit(resource.RLIMIT_NOFILE))
