"""A server that runs, with its supervisor, in a folder of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import TracebackType
from typing import Any, Final, Self

_SECONDS: Final = 60
_TOKEN: Final = re.compile(r"set-up token: (\S+)")


class RunningServer:
    """Starts ``oakum serve``; a context.

    Attributes:
        url: where it is.
        state: its folder.
        process: the supervisor.
    """

    process: "subprocess.Popen[bytes]"

    def __init__(self, folder: str, **environment: str) -> None:
        """Nothing runs yet."""
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self._port = int(found.getsockname()[1])
        self.url, self.state, self._folder = f"http://127.0.0.1:{self._port}", f"{folder}/state", folder
        cache = {"OAKUM_CACHE_DIR": f"{folder}/cache", "DOCKER_HOST": "unix:///nonexistent/docker.sock"}
        self.environment = {**os.environ, **cache, **environment}

    def __enter__(self) -> Self:
        """Start it, and wait until it answers."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.stop()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = ["serve", "--state", self.state, "--listen", self.url.removeprefix("http://")]
        with open(f"{self._folder}/serve.log", "ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "oakum", *words], env=self.environment, stdin=subprocess.DEVNULL, stderr=log
            )
        until = time.monotonic() + _SECONDS
        while self.ask("GET", "/about")[0] != 200:  # noqa: PLR2004 - OK
            if time.monotonic() > until or self.process.poll() is not None:
                raise TimeoutError(f"the server does not answer: {self.said()[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it as an operator does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(_SECONDS)

    def said(self) -> str:
        """What it said."""
        with open(f"{self._folder}/serve.log", encoding="utf-8", errors="replace") as file:
            return file.read()

    def set_up_token(self) -> str:
        """The one that it printed last."""
        return str(_TOKEN.findall(self.said())[-1])

    def token(self, name: str, role: str) -> str:
        """Make a token; its secret."""
        words = ["token", "create", name, "--role", role, "--state", self.state]
        made = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "oakum", *words], env=self.environment, capture_output=True, text=True, check=True
        )
        return made.stdout.strip()

    def ask(self, method: str, path: str, token: str = "", body: object = None) -> tuple[int, Any]:
        """Status and JSON of an answer; 0 where there is none."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers, method=method)  # noqa: S310 - our own
        try:
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310 - as above
                said = answer.read()
                return answer.status, json.loads(said) if said else None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"null")
        except (OSError, ValueError):
            return 0, None

    def children(self) -> dict[str, int]:
        """Processes of the supervisor by the last part of their module's name."""
        found = {}
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as file:
            for pid in file.read().split():
                with open(f"/proc/{pid}/cmdline", "rb") as words:
                    module = words.read().partition(b"oakum.apps.server.")[2].partition(b"\0")[0]
                found[module.decode()] = int(pid)
        return found
