"""The policies of the host: asked for again and again, and kept for a start without the server."""

import os
from collections.abc import Callable
from threading import Event as Flag
from typing import Final

import msgspec

from oakum.flows.answer_drift import DriftRules
from oakum.flows.guard_host import HostGuard
from oakum.kit.errors import ConfigurationError, OakumError
from oakum.model.api import Rules
from oakum.model.subject import Placement
from oakum.ports.server import Server

_EVERY_SECONDS: Final = 2.0
_FILE: Final = "rules.yaml"
_NONE: Final = ""


class HostRules:
    """The policies, as the server said them last.

    Args:
        state: where they are kept.
        placement: where the host is.
    """

    def __init__(self, state: str, placement: Placement) -> None:
        """Read what an earlier run kept."""
        self._path = os.path.join(state, _FILE)
        self._placement = placement
        self._text = self._kept()

    def now(self) -> DriftRules:
        """Those that count now; none until the server said some: then everything is observed."""
        try:
            return DriftRules(self._text, self._placement)
        except ConfigurationError:
            return DriftRules("", self._placement)

    def ask(self, server: Server) -> bool:
        """Ask the server; whether there are others than before.

        Raises:
            OakumError: it does not answer.
        """
        said = msgspec.json.decode(server.ask("GET", "/agent/rules"), type=Rules)
        if said.text == self._text:
            return False
        self._text = said.text
        with open(f"{self._path}.new", "w", encoding="utf-8") as file:
            file.write(said.text)
        os.replace(f"{self._path}.new", self._path)
        return True

    def _kept(self) -> str:
        try:
            with open(self._path, encoding="utf-8") as file:
                return file.read()
        except (OSError, UnicodeDecodeError):
            return _NONE


def follow_rules(rules: HostRules, server: Server, guard: HostGuard, ended: Flag, say: Callable[[str], None]) -> None:
    """Take other policies over as the server has them, until the flag is set."""
    while not ended.wait(_EVERY_SECONDS):
        try:
            if rules.ask(server):
                guard.follow(rules.now())
                say("the policies changed")
        except OakumError:
            continue  # the outbox says that the server is away
