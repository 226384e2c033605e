"""The fuzzer: it sees each kind of harm, what it once found does none any more, and a fixed hunt finds nothing."""

import os
import subprocess
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PARTS = (
    "archive- rpm- facts- wire- signature-",
    "language- opener- image- registry-",
    "intel- feed- text- gate- kernel-",
    "version- layer",
    "cataloger-",
)
PLANTED = """
import os, signal, sys
from bench.fuzz.hunt import Hunt
from bench.fuzz.target import single

def run(data):
    if data == b"seed":
        return 0
    {harm}

hunt = Hunt(single("planted", lambda: [b"seed"], run, (LookupError,)), 1, timed=False)
[(found, case)] = hunt.go(rounds=60)
print(found)
"""


def python(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.path.join(ROOT, "src")}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_what_once_did_harm_does_none() -> None:
    done = python("-m", "bench.fuzz", "--replay")
    assert (done.returncode, done.stdout.splitlines()[-1].partition(", ")[2]) == (0, "0 do harm"), done.stdout


@pytest.mark.parametrize("part", PARTS)
def test_a_fixed_number_of_inputs_does_no_harm(part: str) -> None:
    done = python("-m", "bench.fuzz", "--rounds", "30", "--only", *part.split())
    assert done.returncode == 0, done.stdout + done.stderr
    assert " inputs, " in done.stdout


def test_every_target_is_hunted() -> None:
    there = python("-m", "bench.fuzz", "--list").stdout.split()
    assert there
    assert not [name for name in there if not any(one in name for part in PARTS for one in part.split())]


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        ("return bytes(2 << 30)", "MemoryError at outside"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended by SIGKILL"),
        (
            "turns = globals().setdefault('turns', []); turns.append(0); return [b'x', 7][len(turns) % 2]",
            "unstable: another outcome the second time",
        ),
        ("return None + 1", "TypeError at outside"),
    ],
)
def test_each_kind_of_harm_is_seen(harm: str, seen: str) -> None:
    done = python("-c", PLANTED.format(harm=harm))
    assert done.stdout == f"{seen}\n", done.stderr


def test_what_is_documented_is_no_harm() -> None:
    done = python("-c", PLANTED.format(harm="raise LookupError"))
    assert "not enough values to unpack" in done.stderr  # nothing was found
