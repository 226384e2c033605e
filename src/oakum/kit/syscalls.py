"""System calls by name: their numbers on the architectures that are known, and how to make one.

Sources: ``asm/unistd_64.h`` of x86_64 and ``asm-generic/unistd.h``, which aarch64 follows. Python has no
functions for most of those that confine a process, so they are made by number.
"""

import ctypes
import os
from typing import Final

_ARCHITECTURES: Final = {"x86_64": 0, "aarch64": 1}

_NUMBERS: Final = {
    # files
    "openat": (257, 56),
    "open": (2, -1),
    "read": (0, 63),
    "pread64": (17, 67),
    "close": (3, 57),
    "lseek": (8, 62),
    "fstat": (5, 80),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "stat": (4, -1),
    "lstat": (6, -1),
    "getdents64": (217, 61),
    "readlink": (89, -1),
    "readlinkat": (267, 78),
    "access": (21, -1),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readv": (19, 65),
    "preadv": (295, 69),
    "getcwd": (79, 17),
    "fadvise64": (221, 223),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    # what is written to descriptors that the parent opened
    "write": (1, 64),
    "writev": (20, 66),
    "pwrite64": (18, 68),
    "ftruncate": (77, 46),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
    "dup": (32, 23),
    # memory
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    "brk": (12, 214),
    # threads
    "futex": (202, 98),
    "clone": (56, 220),
    "clone3": (435, 435),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "gettid": (186, 178),
    "membarrier": (324, 283),
    # signals and waiting
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "kill": (62, 129),
    "tgkill": (234, 131),
    "poll": (7, -1),
    "ppoll": (271, 73),
    "select": (23, -1),
    "pselect6": (270, 72),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    # what the process is told of itself and of time
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, -1),
    "times": (100, 153),
    "getrusage": (98, 165),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getrandom": (318, 278),
    "getcpu": (309, 168),
    "prlimit64": (302, 261),
    "getrlimit": (97, 163),
    "prctl": (157, 167),
    # what no reader of files ever asks for
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "open_tree": (428, 428),
    "mount_setattr": (442, 442),
    "chroot": (161, 51),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "setns": (308, 268),
    "unshare": (272, 97),
    "open_by_handle_at": (304, 265),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "kcmp": (312, 272),
    # what locks the process
    "seccomp": (317, 277),
    "capget": (125, 90),
    "capset": (126, 91),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
    "socket": (41, 198),
}
"""Name -> number on x86_64, number on aarch64; -1 where the architecture has no such call."""

LAST_KNOWN: Final = 469
"""The newest call when this was written (``file_setattr`` of Linux 6.17)."""

_libc = ctypes.CDLL(None, use_errno=True)


def numbers(machine: str) -> dict[str, int]:
    """The numbers of the calls that an architecture has, by name; empty for one that is not known."""
    column = _ARCHITECTURES.get(machine)
    if column is None:
        return {}
    return {name: both[column] for name, both in _NUMBERS.items() if both[column] >= 0}


def call(name: str, *arguments: int | bytes | None) -> int:
    """Make a system call.

    Raises:
        OSError: the kernel refuses, or this architecture is not known (ENOSYS).
    """
    number = numbers(os.uname().machine).get(name)
    if number is None:
        raise OSError(38, f"no number of {name} is known for this architecture")
    words = [ctypes.c_long(word) if isinstance(word, int) else ctypes.c_char_p(word) for word in arguments]
    result: int = _libc.syscall(ctypes.c_long(number), *words)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
