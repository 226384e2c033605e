"""Kills processes of Oakum's at random moments, as a kernel out of memory would, while the story goes on."""

import os
import random
import signal
import threading
import time
from typing import Final

from bench.life.console import need, wait_for
from bench.life.steps.serve import start_agent
from bench.life.world import World, answers

KILLS: Final = 10
"""Of each process."""

_OF_SUPERVISORS: Final = {"api_process": "serve", "worker": "serve", "decider": "authz"}
_WITHOUT_AGENT: Final = frozenset({"deploy", "know", "drift"})
"""Steps that are about what the agent sees in that very moment: a dead one sees nothing, which its host says."""

_SILENCE: Final = 1.5
"""A second is promised; the rest is room for a machine that does other things besides."""
_LONG: Final = 10.0
_SEES: Final = "sees exec: "
"""What an agent says once its sensor is attached."""


class Storm:
    """One thread for each process that is killed.

    Attributes:
        kills: process -> how often it was killed.
        silence: the longest time after the death of a decider until the engine answered, in seconds.
    """

    def __init__(self, world: World) -> None:
        """Nothing is killed yet."""
        self.kills = dict.fromkeys((*_OF_SUPERVISORS, "agent"), 0)
        self.silence = 0.0
        self._world, self._chance = world, random.Random(1)  # noqa: S311 - moments, not secrets
        self._resting = threading.Event()
        self._agents = threading.Lock()
        self._since = 0
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._kill, args=(name,), daemon=True) for name in self.kills]

    def begin(self) -> None:
        """Kill from now on."""
        for thread in self._threads:
            thread.start()

    def step(self, name: str) -> None:
        """Leave the agent alone in steps that cannot be without it."""
        if name in _WITHOUT_AGENT:
            with self._agents:
                self._resting.set()
            wait_for(lambda: _SEES in self._world.said("agent")[self._since :], "the agent sees again")
        else:
            self._resting.clear()

    def end(self) -> str:
        """Wait until everything was killed often enough and runs again; what happened."""
        self._resting.clear()
        for thread in self._threads:
            thread.join(120)
        self._ended.set()
        wait_for(lambda: self._world.ask().get("/hosts"), "the server answers again")
        need(all(count >= KILLS for count in self.kills.values()), f"each was killed {KILLS} times: {self.kills}")
        need(self.silence < _SILENCE, f"the engine answered soon after each death: {self.silence:.2f} s")
        counted = ", ".join(f"{name} {count}" for name, count in self.kills.items())
        return f"killed: {counted}; the engine was silent for {self.silence:.2f} s at most"

    def _kill(self, name: str) -> None:
        while self.kills[name] < KILLS and not self._ended.is_set():
            time.sleep(self._chance.uniform(0.5, 5.0))
            if name == "agent":
                self._agent()
            elif pid := self._child(name):
                os.kill(pid, signal.SIGKILL)
                self.kills[name] += 1
                if name == "decider":
                    self._listen()

    def _agent(self) -> None:
        """The agent has no supervisor of its own: whoever runs it starts it again, as systemd does."""
        with self._agents:
            if not self._resting.is_set():
                self._world.stop("agent", signal.SIGKILL)
                self.kills["agent"] += 1
                self._since = len(self._world.said("agent"))
                start_agent(self._world)

    def _listen(self) -> None:
        began = time.monotonic()
        while not answers(f"{self._world.home}/docker.sock") and time.monotonic() - began < _LONG:
            time.sleep(0.01)
        self.silence = max(self.silence, time.monotonic() - began)

    def _child(self, name: str) -> int:
        """The child of a supervisor that runs a module of this name, or 0 while there is none."""
        parent = self._world.pid(_OF_SUPERVISORS[name])
        try:
            with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as file:
                children = file.read().split()
        except OSError:
            return 0
        return next((int(child) for child in children if f".{name}" in _words(child)), 0)


def _words(pid: str) -> str:
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
