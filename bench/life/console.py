"""What the steps run: commands of Oakum and of the engine, and exchanges with the server."""

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, Final, TypeVar

_SECONDS: Final = 120
_SOON: Final = 30
_PATIENCE: Final = 90
_TRY_LATER: Final = 69
T = TypeVar("T")


class FailedError(Exception):
    """A step did not show what it is to show; the message is its line."""


class SilentError(FailedError):
    """Nobody answered."""


def run(words: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    """A program with its output, whatever it ends with."""
    return subprocess.run(
        words, env={**os.environ, **environment}, capture_output=True, text=True, timeout=_SECONDS, check=False
    )


def oakum(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command of Oakum; asked to try later, it does, as its exit code means."""
    until = time.monotonic() + _PATIENCE
    while True:
        ended = run([sys.executable, "-m", "oakum", *words], **environment)
        if ended.returncode != _TRY_LATER or time.monotonic() > until:
            return ended
        time.sleep(0.5)


def expect(ended: "subprocess.CompletedProcess[str]", code: int, what: str) -> str:
    """What a command printed; it must have ended with a code.

    Raises:
        FailedError: it ended with another.
    """
    if ended.returncode != code:
        said = (ended.stderr or ended.stdout).strip().splitlines()
        raise FailedError(f"{what} ended with {ended.returncode}, not {code}: {' '.join(said[-3:])[:400]}")
    return ended.stdout


def need(holds: object, what: str) -> None:
    """Go on only where something holds.

    Raises:
        FailedError: it does not.
    """
    if not holds:
        raise FailedError(what)


def wait_for(look: Callable[[], T], what: str, seconds: float = _SOON) -> T:
    """Look again and again until something is there.

    Raises:
        FailedError: it did not come in time.
    """
    until = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > until:
            raise FailedError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.05)
    return found


class Asker:
    """Asks the server, as whoever holds a token."""

    def __init__(self, url: str, token: str = "", *, patient: bool = False) -> None:
        """Nothing is asked yet."""
        self._url, self._token, self._patient = url, token, patient

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """What is at a path of the API.

        Raises:
            FailedError: the server says no.
        """
        return self.send("GET", path)

    def send(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - as above
        """The answer to an exchange, None where it has no body.

        Raises:
            FailedError: the server says no.
        """
        until = time.monotonic() + (_PATIENCE if self._patient else 0)
        while True:
            try:
                return self._send(method, path, body)
            except SilentError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def _send(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401 - as above
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self._token}"} if self._token else {}
        )
        asked = urllib.request.Request(f"{self._url}/api/v1{path}", data, headers, method=method)  # noqa: S310 - our own server
        try:
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310 - as above
                said = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise FailedError(f"{method} {path} was answered {error.code}: {error.read()[:300].decode()}") from None
        except (OSError, http.client.HTTPException) as error:
            raise SilentError(f"{method} {path}: {error}") from None
        return json.loads(said) if said else None
