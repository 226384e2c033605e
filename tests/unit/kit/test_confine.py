"""Confinement as a whole, in processes of their own; what a kernel cannot is said."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from oakum.kit import landlock

RUN = """
import json, os, sys
from oakum.kit import confine, landlock, seccomp
from oakum.kit.syscalls import call
def refuse(code):
    def step(*words):
        raise OSError(code, os.strerror(code))
    return step
{before}
held = confine.confine(sys.argv[1:2], [int(word) for word in sys.argv[2:]])
said = dict(held._asdict())
{after}
print(json.dumps(said))
"""


def run(*words: str, before: str = "", after: str = "", keep: tuple[int, ...] = ()) -> dict[str, Any]:
    code = RUN.format(before=before, after=after)
    ran = subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, pass_fds=keep)
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


def full() -> bool:
    try:
        return landlock.version() > 0 and os.uname().machine in {"x86_64", "aarch64"}
    except OSError:
        return False


needs_kernel = pytest.mark.skipif(not full(), reason="this kernel cannot confine a process")


@needs_kernel
def test_all_of_it_holds_here(tmp_path: Path) -> None:
    said = run(str(tmp_path))
    assert (said["seccomp"], said["tcp"], said["weaknesses"]) == (True, True, [])
    assert said["landlock"] == min(landlock.version(), landlock.NEWEST)


@needs_kernel
@pytest.mark.parametrize(
    ("code", "why"),
    [("ENOSYS", "does not have it"), ("EOPNOTSUPP", "switched off"), ("EPERM", "refuse it"), ("E2BIG", "too long")],
)
def test_a_kernel_without_landlock_is_a_weakness_that_is_said(tmp_path: Path, code: str, why: str) -> None:
    said = run(str(tmp_path), before=f"import errno; landlock.version = refuse(errno.{code})")
    [weakness] = said["weaknesses"]
    assert weakness.startswith("Landlock does not hold")
    assert why in weakness
    assert (said["landlock"], said["seccomp"], said["tcp"]) == (0, True, True)


@needs_kernel
def test_a_kernel_without_seccomp_is_a_weakness_that_is_said(tmp_path: Path) -> None:
    said = run(str(tmp_path), before="seccomp.install = refuse(22)")
    [weakness] = said["weaknesses"]
    assert weakness.startswith("seccomp does not hold")
    assert said["tcp"] == (landlock.version() >= landlock.TCP_FROM)


@needs_kernel
def test_what_a_kernel_promised_and_does_not_keep_is_said(tmp_path: Path) -> None:
    said = run(str(tmp_path), before="landlock.restrict = lambda places: 7; seccomp.install = lambda: 0")
    assert (said["landlock"], said["seccomp"], said["tcp"]) == (0, False, False)
    assert len(said["weaknesses"]) == 2


@needs_kernel
def test_a_thread_that_was_there_before_is_said(tmp_path: Path) -> None:
    before = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
    said = run(str(tmp_path), before=before)
    [weakness] = said["weaknesses"]
    assert "1 threads were there" in weakness


@needs_kernel
def test_descriptors_that_nobody_named_are_closed(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    kept, leaked = (os.open(tmp_path / "key", os.O_RDONLY) for _ in range(2))
    after = (
        "said['open'] = [number for number in range(3, 1024) if confine._attempt(lambda: os.fstat(number)[0])[0] == '']"
    )
    said = run(str(tmp_path), str(kept), after=after, keep=(kept, leaked))
    os.close(kept)
    os.close(leaked)
    assert said["open"] == [kept]


@needs_kernel
def test_root_keeps_nothing_but_reading(tmp_path: Path) -> None:
    before = "os.dup2(os.open('/proc/self/status', os.O_RDONLY), 9)"
    said = run(str(tmp_path), "9", before=before, after="said['status'] = os.pread(9, 8192, 0).decode()")
    lines = dict(line.split(":\t", 1) for line in str(said["status"]).splitlines() if ":\t" in line)
    assert lines["NoNewPrivs"] == "1"
    assert lines["Seccomp"] == "2"
    for which in ("CapEff", "CapPrm", "CapInh"):
        assert int(lines[which], 16) in {0, 1 << 1, 1 << 2}


@needs_kernel
def test_where_everything_is_the_target_others_stay_out_of_reach() -> None:
    after = """
for name in ("environ", "mem", "maps", "fd/0"):
    said[name] = confine._attempt(lambda: os.open(f"/proc/{{os.getppid()}}/{{name}}", os.O_RDONLY))[0]
said["own"] = confine._attempt(lambda: os.open("/etc/passwd", os.O_RDONLY))[0]
""".replace("{{", "{").replace("}}", "}")
    said = run("/", after=after)
    assert said["own"] == ""
    assert all(said[name] for name in ("environ", "mem", "maps", "fd/0"))


def test_the_interpreter_reads_its_own_modules() -> None:
    from oakum.kit.confine import interpreter  # noqa: PLC0415 - the module loads ctypes

    places = [os.path.realpath(place) for place in interpreter()]
    for module in (os, pytest, landlock):
        path = os.path.realpath(str(module.__file__))
        assert any(path.startswith(place + "/") for place in places), path
