"""seccomp: from a moment on this process makes the system calls of a list, and no others.

The filter is a program of the classic BPF machine that the kernel runs before each call (seccomp(2)). It is an allow
list: what a reader of files needs. Where an argument says what a call does, it is looked at as well, so that a file
opens for reading alone, and the only process that can be signalled is this one.
"""

import ctypes
import os
import struct
from typing import Final

from oakum.kit.syscalls import LAST_KNOWN, call, numbers

_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_REFUSE: Final = 0x00050000
"""SECCOMP_RET_ERRNO, with the number of the error in the lower half."""

_EPERM: Final = 1
_ENOSYS: Final = 38

_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_GREATER: Final = 0x25
_AT_LEAST: Final = 0x35
_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06

_AUDIT: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32: Final = 0x40000000
"""Set in the numbers of the x32 interface, which has the same audit number as x86_64."""

_SET_FILTER: Final = 1
_EVERY_THREAD: Final = 1
_SPECULATE: Final = 4
"""Before Linux 5.16 a filter switched speculation off, for a tenth of the time; this process holds no secret of others
that its own code could not read directly."""

_WRITING: Final = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC
"""Bits of ``open`` that make or change a file; an unnamed file needs one of the first two."""

_THREAD: Final = 0x00010000
_THREAD_FLAGS: Final = 0x007D0F00
"""All that glibc and musl set to make a thread: CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID,
CHILD_CLEARTID and the old DETACHED."""

_CONTROLS: Final = (0, 1, 2, 3, 4, 1030, 1032)
"""Of ``fcntl``: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ. No
owner of signals, no lock."""

_DEVICE_CONTROLS: Final = (0x5401, 0x5413, 0x5421, 0x5450, 0x5451)
"""Of ``ioctl``: TCGETS, TIOCGWINSZ, FIONBIO, FIONCLEX, FIOCLEX. Above all not TIOCSTI, which types into a terminal."""

_NAME_THREAD: Final = 15

ALLOWED: Final = (
    "read pread64 close lseek fstat newfstatat statx stat lstat getdents64 readlink readlinkat access faccessat"
    " faccessat2 readv preadv getcwd fadvise64 statfs fstatfs write writev pwrite64 ftruncate dup mmap munmap mremap"
    " mprotect madvise brk futex set_robust_list rseq exit exit_group sched_yield sched_getaffinity gettid membarrier"
    " rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall poll ppoll select pselect6 clock_nanosleep"
    " nanosleep clock_gettime clock_getres gettimeofday time times getrusage getpid getppid getuid geteuid getgid"
    " getegid uname sysinfo getrandom getcpu getrlimit"
)
"""Calls that may be made with any arguments. Those that write take a descriptor that the parent opened."""

DEADLY: Final = (
    "execve execveat ptrace process_vm_readv process_vm_writev pidfd_getfd io_uring_setup io_uring_enter"
    " io_uring_register bpf mount umount2 pivot_root move_mount fsopen fsconfig fsmount fspick open_tree mount_setattr"
    " chroot init_module finit_module delete_module kexec_load kexec_file_load keyctl add_key request_key"
    " perf_event_open userfaultfd setns unshare open_by_handle_at reboot swapon swapoff acct kcmp"
)
"""Calls that no reader of files makes: who makes one is not ours any more, and the process ends at once."""

_Program = list[tuple[int, int, int, int]]


def install() -> int:
    """Take the filter on, for every thread of this process and for good; give 0.

    Raises:
        OSError: the kernel cannot, or the architecture is not known (ENOSYS).
    """
    code = b"".join(struct.pack("=HBBI", *step) for step in program(os.uname().machine, os.getpid()))
    steps = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(code) // 8, ctypes.addressof(steps))
    if call("seccomp", _SET_FILTER, _EVERY_THREAD | _SPECULATE, head):
        raise OSError(16, "a thread keeps the filter from being set")
    return 0


def program(machine: str, process: int) -> _Program:
    """The filter for an architecture and for the process with that number.

    Raises:
        OSError: the architecture is not known.
    """
    if machine not in _AUDIT:
        raise OSError(_ENOSYS, f"no list of system calls is known for {machine}")
    known = numbers(machine)
    steps: _Program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, _AUDIT[machine]), _end(_KILL), (_LOAD, 0, 0, 0)]
    steps += [(_AT_LEAST, 0, 1, _X32), _end(_KILL)]
    for name, rule in _rules(process).items():
        if name in known:
            steps += [(_EQUAL, 0, len(rule), known[name]), *rule]
    for name in DEADLY.split():
        if name in known:
            steps += [(_EQUAL, 0, 1, known[name]), _end(_KILL)]
    return [*steps, (_GREATER, 0, 1, LAST_KNOWN), _end(_REFUSE | _ENOSYS), _end(_REFUSE | _EPERM)]


def _rules(process: int) -> dict[str, _Program]:
    """What is decided of each call that may be made; first those whose arguments the kernel has to look at."""
    return {
        "openat": _without(2, _WRITING),
        "open": _without(1, _WRITING),
        "fcntl": _one_of(1, _CONTROLS),
        "ioctl": _one_of(1, _DEVICE_CONTROLS),
        "clone": [(_LOAD, 0, 0, _argument(0)), (_ANY_BIT, 0, 2, _THREAD), *_no_bits(~_THREAD_FLAGS & 0xFFFFFFFF)],
        "clone3": [_end(_REFUSE | _ENOSYS)],  # its flags lie in memory; libraries then take clone
        "kill": _one_of(0, (process,)),
        "tgkill": _one_of(0, (process,)),
        "prctl": _one_of(0, (_NAME_THREAD,)),
        "prlimit64": _reading_limits(),
        **{name: [_end(_ALLOW)] for name in ALLOWED.split()},
    }


def _without(argument: int, bits: int) -> _Program:
    return [(_LOAD, 0, 0, _argument(argument)), *_no_bits(bits)]


def _no_bits(bits: int) -> _Program:
    return [(_ANY_BIT, 1, 0, bits), _end(_ALLOW), _end(_REFUSE | _EPERM)]


def _one_of(argument: int, values: tuple[int, ...]) -> _Program:
    steps: _Program = [(_LOAD, 0, 0, _argument(argument))]
    for value in values:
        steps += [(_EQUAL, 0, 1, value), _end(_ALLOW)]
    return [*steps, _end(_REFUSE | _EPERM)]


def _reading_limits() -> _Program:
    """Limits of this process alone, and without a new value: both halves of a pointer are zero."""
    refuse = _end(_REFUSE | _EPERM)
    zero: _Program = []
    for place in (_argument(0), _argument(2), _argument(2) + 4):
        zero += [(_LOAD, 0, 0, place), (_EQUAL, 1, 0, 0), refuse]
    return [*zero, _end(_ALLOW)]


def _argument(number: int) -> int:
    """Where the lower half of an argument lies; both architectures are little-endian."""
    return 16 + 8 * number


def _end(verdict: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, verdict)
