"""Real sockets, and a kernel that says who is at their other ends."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from oakum.sources.host.engine_clients import Client, clients

CONNECT = (
    "import socket, sys, time; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); print(1); time.sleep(60)"
)


@pytest.mark.parametrize(
    ("client", "name"),
    [
        (Client(1, 0), "uid:0"),
        (Client(1, 0, "1000"), "login:1000"),
        (Client(1, 1000, "1000", "c" * 64), f"container:{'c' * 64}"),
    ],
)
def test_the_strongest_that_can_be_said(client: Client, name: str) -> None:
    assert client.name == name


def test_a_process_that_is_connected_is_found_and_only_while_it_is(tmp_path: Path) -> None:
    path, other = str(tmp_path / "engine.sock"), str(tmp_path / "other.sock")
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as beside:
        for one, place in ((listener, path), (beside, other)):
            one.bind(place)
            one.listen()
        with subprocess.Popen([sys.executable, "-c", CONNECT, path], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            accepted, _ = listener.accept()
            with accepted:
                found = clients(path)
                if not found:
                    pytest.skip("this kernel has no unix_diag")
                assert [(one.pid, one.user) for one in found] == [(process.pid, os.getuid())]
                assert clients(other) == []
            process.kill()
            process.wait()
        assert clients(path) == []


def test_no_such_socket_has_no_clients(tmp_path: Path) -> None:
    assert clients(str(tmp_path / "none")) == []
