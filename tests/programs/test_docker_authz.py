"""The supervisor and its decider as processes, without an engine."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from oakum.adapters.snapshot_file import write_snapshot

SECONDS = 30
START = json.dumps({"RequestMethod": "POST", "RequestUri": "/containers/x/start"}).encode()


@pytest.fixture
def running() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    with tempfile.TemporaryDirectory(prefix="oakum-", dir="/tmp") as home:
        write_snapshot(f"{home}/snapshot", [], ((), ()), (int(time.time()), 3600))
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
        words = ["docker-authz", "--snapshot", f"{home}/snapshot", "--socket", f"{home}/s", "--engine", f"{home}/none"]
        command = [sys.executable, "-m", "oakum", *words]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
            until = time.monotonic() + SECONDS
            while not os.path.exists(f"{home}/s") and time.monotonic() < until:
                time.sleep(0.02)
            yield f"{home}/s", process
            process.terminate()
            process.wait(SECONDS)
            assert process.returncode == -signal.SIGKILL or os.listdir(home) == ["snapshot"]


def ask(path: str, what: str, body: bytes = b"") -> dict[str, object]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(SECONDS)
        connection.connect(path)
        connection.sendall(f"POST {what} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        said = b""
        while b"\r\n\r\n" not in said:
            piece = connection.recv(65536)
            assert piece
            said += piece
        return dict(json.loads(said.partition(b"\r\n\r\n")[2]))


def decider_of(process: "subprocess.Popen[bytes]") -> int:
    with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
        return int(file.read().split()[0])


def test_calls_wait_while_a_decider_starts_anew(running: tuple[str, "subprocess.Popen[bytes]"]) -> None:
    path, process = running
    assert ask(path, "/Plugin.Activate") == {"Implements": ["authz"]}
    for _ in range(3):
        os.kill(decider_of(process), signal.SIGKILL)
        assert ask(path, "/Plugin.Activate") == {"Implements": ["authz"]}


def test_what_a_decider_had_in_hand_the_next_one_answers(running: tuple[str, "subprocess.Popen[bytes]"]) -> None:
    path, process = running
    ask(path, "/Plugin.Activate")
    decider = decider_of(process)
    os.kill(decider, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(ask, path, "/AuthZPlugin.AuthZReq", START) for _ in range(8)]
        time.sleep(0.2)
        assert not any(answer.done() for answer in asked)
        os.kill(decider, signal.SIGKILL)
        assert all("the engine does not answer" in str(answer.result()["Msg"]) for answer in asked)


def test_without_its_supervisor_a_decider_ends(running: tuple[str, "subprocess.Popen[bytes]"]) -> None:
    path, process = running
    ask(path, "/Plugin.Activate")
    decider = decider_of(process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(SECONDS)
    until = time.monotonic() + SECONDS
    while os.path.exists(f"/proc/{decider}") and time.monotonic() < until:
        time.sleep(0.02)
    assert not os.path.exists(f"/proc/{decider}")
    with pytest.raises(ConnectionRefusedError):
        ask(path, "/Plugin.Activate")
    os.unlink(path)


def test_an_engine_that_does_not_answer_refuses(running: tuple[str, "subprocess.Popen[bytes]"]) -> None:
    path, _ = running
    said = ask(path, "/AuthZPlugin.AuthZReq", START)
    assert said["Allow"] is False
    assert "the engine does not answer" in str(said["Msg"])
