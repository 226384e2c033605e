"""The world of the story: one host with a Docker engine behind our plug-in, a registry, the server and the agent."""

import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Final

from bench.life.console import Asker, FailedError, run, wait_for

from oakum.kit.unix_http import UnixConnection

_SECONDS: Final = 30
_LOST: Final = "the question was lost"


class World:
    """Everything that runs, in one folder.

    Attributes:
        home: the folder; short, since sockets lie in it.
        screens: where pictures of the console go, or empty.
        without: what is broken on purpose: ``authz``, ``layer``, ``advisories``, ``token``, ``ring``, or empty.
        url: of the server.
        registry: host and port.
        plugin: path of the plug-in's socket.
        tokens: secrets by name.
        known: what one step leaves for later ones.
        patient: whoever asks tries again where nobody answers, as a pipeline does.
    """

    def __init__(self, home: str, screens: str = "", without: str = "") -> None:
        """Nothing runs yet."""
        self.home, self.screens, self.without = home, screens, without
        self.url = f"http://127.0.0.1:{free_port()}"
        self.registry = f"127.0.0.1:{free_port()}"
        self.plugin = f"/run/docker/plugins/oakum-life-{os.getpid()}.sock"
        self.tokens: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.patient = False
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def state(self) -> str:
        """The server's state folder."""
        return f"{self.home}/state"

    @property
    def advisories(self) -> str:
        """The folder that advisories come from."""
        return f"{self.home}/advisories"

    @property
    def environment(self) -> dict[str, str]:
        """Where commands find the engine, their cache and the advisories."""
        return {
            "DOCKER_HOST": f"unix://{self.home}/docker.sock",
            "OAKUM_CACHE_DIR": f"{self.home}/cache",
            "OAKUM_DB": f"{self.home}/advisories.db",
        }

    def ask(self, token: str = "admin") -> Asker:  # noqa: S107 - the name of one
        """The server's API, asked with a token by its name."""
        return Asker(self.url, self.tokens.get(token, ""), patient=self.patient)

    def start(self, name: str, words: list[str]) -> "subprocess.Popen[bytes]":
        """Start a program; what it says is in ``NAME.log``."""
        with open(f"{self.home}/{name}.log", "ab") as log:
            process = subprocess.Popen(
                words, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._running[name] = process
        return process

    def start_oakum(self, name: str, *words: str) -> "subprocess.Popen[bytes]":
        """Start a program of Oakum's."""
        return self.start(name, [sys.executable, "-m", "oakum", *words])

    def wait(self, name: str, ready: Callable[[], object], what: str) -> None:
        """Wait until a program is ready.

        Raises:
            FailedError: it ended, or is not ready in time.
        """
        process = self._running[name]

        def look() -> bool:
            if process.poll() is not None:
                raise FailedError(f"{name} ended with {process.returncode}: {self.said(name)[-400:]}")
            return bool(ready())

        wait_for(look, what, _SECONDS)

    def pid(self, name: str) -> int:
        """The process of a program."""
        return self._running[name].pid

    def said(self, name: str) -> str:
        """What a program said."""
        with open(f"{self.home}/{name}.log", encoding="utf-8", errors="replace") as file:
            return file.read()

    def stop(self, name: str, number: int = signal.SIGTERM) -> None:
        """End a program and wait for its end."""
        process = self._running.pop(name)
        process.send_signal(signal.SIGCONT)
        process.send_signal(number)
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(_SECONDS)

    def docker(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """The engine's command line; a question that was lost while it stormed is asked again."""
        while True:
            ended = run(["docker", *words], **self.environment)
            if not (self.patient and ended.returncode and _LOST in ended.stderr):
                return ended

    def start_engine(self) -> None:
        """The engine, which asks our plug-in."""
        daemon = shutil.which("dockerd") or "/usr/sbin/dockerd"
        words = [
            "--data-root",
            f"{self.home}/docker",
            "--exec-root",
            f"{self.home}/exec",
            "--pidfile",
            f"{self.home}/pid",
        ]
        words += ["-H", f"unix://{self.home}/docker.sock", "--iptables=false", "--bridge", "none"]
        self.start("dockerd", [daemon, *words, "--authorization-plugin", os.path.basename(self.plugin)[:-5]])
        self.wait("dockerd", lambda: answers(f"{self.home}/docker.sock"), "the Docker engine answers")

    def start_registry(self) -> None:
        """A registry over plain HTTP on this machine."""
        folder = f"{self.home}/registry"
        config = f"version: 0.1\nlog: {{level: warn}}\nstorage: {{filesystem: {{rootdirectory: {folder}}}}}\n"
        with open(f"{self.home}/registry.yml", "w", encoding="utf-8") as file:
            file.write(f"{config}http: {{addr: '{self.registry}'}}\n")
        self.start("registry", ["docker-registry", "serve", f"{self.home}/registry.yml"])
        port = int(self.registry.rpartition(":")[2])
        self.wait("registry", lambda: listens(port), "the registry answers")

    def end(self) -> None:
        """End everything, the youngest first."""
        for name in reversed(list(self._running)):
            self.stop(name)
        for path in glob.glob(f"{self.home}/exec/netns/*"):  # the engine leaves them mounted
            run(["umount", path])


def answers(path: str) -> bool:
    """Whether an engine answers at a socket."""
    if not os.path.exists(path):
        return False
    connection = UnixConnection(path)
    try:
        connection.request("GET", "/_ping")
        return connection.getresponse().status == 200  # noqa: PLR2004 - OK
    except OSError:
        return False
    finally:
        connection.close()


def listens(port: int) -> bool:
    """Whether something listens at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
