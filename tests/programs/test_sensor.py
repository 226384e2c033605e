"""The command ``oakum sensor`` where it cannot run, and how it ends."""

import json
import os
import signal
import subprocess
import sys

import pytest

from oakum.sources.kernel.probe import OBJECT

SECONDS = 60
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Root keeps its files and loses its capabilities: what an ordinary user has, wherever the checkout lies."""


def oakum(*words: str, before: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    command = [*before, sys.executable, "-m", "oakum", "sensor", *words]
    return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, text=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kinds", "exec,ptrace"), "no kind of event is named 'ptrace'"),
        (("--kinds", ","), "no kind of event is named ','"),
        (("--seconds", "0"), "0 is not in the range"),
        (("-f", "xml"), "'xml' is not one of"),
        (("--container", "XYZ"), "'XYZ' is no id of a container"),
    ],
)
def test_words_that_are_off_are_refused(words: tuple[str, ...], said: str) -> None:
    ended = oakum(*words)
    assert ended.returncode == 64
    assert said in ended.stderr
    assert ended.stdout == ""


def test_an_ordinary_user_is_told_what_is_missing() -> None:
    if not os.path.exists(OBJECT):
        pytest.skip("the kernel sensor is not built (make sensor)")
    ended = oakum("--seconds", "1", before=WITHOUT_RIGHTS if os.geteuid() == 0 else ())
    assert ended.returncode == 77, ended.stderr
    assert "the kernel lets this user load no BPF programs" in ended.stderr
    assert "run as root" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_a_checkout_without_the_object_says_how_to_build_it() -> None:
    code = (
        "import sys; from oakum.sources.kernel import probe; probe.OBJECT = '/nowhere/sensor.bpf.o'\n"
        "from oakum.apps.cli.group import run; sys.exit(run(['sensor', '--seconds', '1']))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=SECONDS, check=False, text=True)
    assert ended.returncode == 69
    assert "was not built" in ended.stderr
    assert "make sensor" in ended.stderr


@pytest.mark.live("sensor")
def test_it_says_what_it_sees_prints_events_and_ends_with_the_counts() -> None:
    command = [sys.executable, "-m", "oakum", "sensor", "--host", "-f", "json", "--kinds", "exec"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        said = [process.stderr.readline() for _ in range(2)]
        assert said[0].startswith("oakum: sees exec: ")
        assert said[1].startswith("oakum: sees container: ")
        subprocess.run(["/usr/bin/env", "true", "oakum-was-here"], check=True)
        for line in process.stdout:
            event = json.loads(line)
            if "oakum-was-here" in event["arguments"]:
                break
        assert event["kind"] == "exec"
        assert event["process"]["pid"] > 0
        process.send_signal(signal.SIGINT)
        assert "lost 0 urgent" in process.stderr.read()
        assert process.wait(SECONDS) == 130
