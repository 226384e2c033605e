"""The filter, run by a machine of our own: what it says of each call, on each architecture."""

import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.kit.seccomp import ALLOWED, DEADLY, program
from oakum.kit.syscalls import LAST_KNOWN, numbers

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OURS = 4711
WORDS = st.integers(0, 2**64 - 1)


def verdict(machine: str, number: int, *arguments: int, audit: int | None = None) -> str:
    """What the filter gives for a call: the classic BPF machine, as far as the filter uses it."""
    given_arguments = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, MACHINES[machine] if audit is None else audit, 0, *given_arguments)
    steps, at, value = program(machine, OURS), 0, 0
    while True:
        code, yes, no, operand = steps[at]
        at += 1
        if code == 0x06:
            words = {0x7FFF0000: "allow", 0x80000000: "kill", 0x00050001: "EPERM", 0x00050026: "ENOSYS"}
            return words[operand]
        if code == 0x20:
            value = struct.unpack_from("<I", data, operand)[0]
            continue
        holds = {0x15: value == operand, 0x25: value > operand, 0x35: value >= operand, 0x45: bool(value & operand)}
        at += yes if holds[code] else no


def named(machine: str, name: str, *arguments: int) -> str:
    return verdict(machine, numbers(machine)[name], *arguments)


@pytest.mark.parametrize("machine", MACHINES)
@given(arguments=st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS, WORDS), number=st.integers(0, 2**32 - 1))
def test_what_is_not_on_the_list_is_never_allowed(machine: str, number: int, arguments: tuple[int, ...]) -> None:
    looked_at = {"openat", "open", "fcntl", "ioctl", "clone", "kill", "tgkill", "prctl", "prlimit64"}
    listed = {known for name, known in numbers(machine).items() if name in {*ALLOWED.split(), *looked_at}}
    assert number in listed or verdict(machine, number, *arguments) != "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_every_named_call_has_its_verdict(machine: str) -> None:
    known = numbers(machine)
    assert {verdict(machine, known[name]) for name in ALLOWED.split() if name in known} == {"allow"}
    assert {verdict(machine, known[name]) for name in DEADLY.split() if name in known} == {"kill"}
    assert not set(ALLOWED.split()) & set(DEADLY.split())
    for name in ("socket", "seccomp", "capset", "landlock_create_ruleset"):
        assert named(machine, name) == "EPERM"
    assert named(machine, "clone3") == "ENOSYS"
    assert verdict(machine, LAST_KNOWN + 1) == "ENOSYS"


@pytest.mark.parametrize("machine", MACHINES)
def test_files_open_for_reading_alone(machine: str) -> None:
    reading = [os.O_RDONLY, os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW, os.O_DIRECTORY, os.O_PATH]
    writing = [os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_TMPFILE | os.O_WRONLY, 3, os.O_RDWR | 2**40]
    assert {named(machine, "openat", 3, 4096, flags) for flags in reading} == {"allow"}
    assert {named(machine, "openat", 3, 4096, flags) for flags in writing} == {"EPERM"}


def test_the_old_call_to_open_is_held_to_the_same() -> None:
    assert named("x86_64", "open", 4096, os.O_RDONLY) == "allow"
    assert named("x86_64", "open", 4096, os.O_CREAT) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_threads_may_be_made_and_processes_not(machine: str) -> None:
    glibc, musl, fork, vfork = 0x3D0F00, 0x7D0F00, 0x1200011, 0x4111
    assert [named(machine, "clone", flags) for flags in (glibc, musl)] == ["allow"] * 2
    assert [named(machine, "clone", flags) for flags in (fork, vfork, 0, glibc | 0x10000000)] == ["EPERM"] * 4


@pytest.mark.parametrize("machine", MACHINES)
def test_only_this_process_can_be_signalled(machine: str) -> None:
    for name in ("kill", "tgkill"):
        assert named(machine, name, OURS, 9) == "allow"
        assert {named(machine, name, other, 9) for other in (1, OURS + 1, 2**32 - 1, 0)} == {"EPERM"}


@pytest.mark.parametrize("machine", MACHINES)
def test_controls_are_those_of_the_own_descriptors(machine: str) -> None:
    assert named(machine, "fcntl", 1, 1030) == "allow"
    assert {named(machine, "fcntl", 1, control) for control in (8, 10, 15, 1024, 1026, 1033)} == {"EPERM"}
    assert named(machine, "ioctl", 1, 0x5401) == "allow"
    assert {named(machine, "ioctl", 1, control) for control in (0x5412, 0x541C, 0x5423)} == {"EPERM"}


@pytest.mark.parametrize("machine", MACHINES)
def test_limits_are_read_and_never_set(machine: str) -> None:
    assert named(machine, "prlimit64", 0, 7, 0, 4096) == "allow"
    for arguments in ((1, 7, 0, 4096), (0, 7, 4096, 0), (0, 7, 2**32, 0)):
        assert named(machine, "prlimit64", *arguments) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_another_interface_of_the_same_kernel_ends_the_process(machine: str) -> None:
    assert verdict(machine, 0, audit=0x40000003) == "kill"
    assert verdict(machine, 0x40000000 + numbers(machine)["read"]) == "kill"


def test_an_architecture_that_is_not_known_is_said() -> None:
    with pytest.raises(OSError, match="riscv64"):
        program("riscv64", OURS)
