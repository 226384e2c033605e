"""The parser as a process: started clean, watched, started again without the file that ended it."""

import time
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from oakum.adapters.vouched import Vouched
from oakum.kit import errors, frames
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.journal import InHand
from oakum.kit.limits import FIELD_CHARACTERS, FILE_SECONDS, SAID_BYTES, SCAN_SECONDS
from oakum.kit.watched import WatchedHelper, workers
from oakum.model import gaps
from oakum.model.artifact import Artifact
from oakum.model.confinement import Confinement
from oakum.model.fact import Gap
from oakum.model.layer_facts import LayerFacts
from oakum.model.reading import (
    Failed,
    Finished,
    Known,
    LayerRead,
    Message,
    Opened,
    Passed,
    Request,
    Several,
    Target,
    Unpacking,
    Want,
)
from oakum.ports.parsers import SeveralImagesError
from oakum.ports.registries import Source

_MOST_STARTS: Final = 20
_MOST_OPENINGS: Final = 3
_TICK: Final = 0.5

_SIGSYS: Final = 31
"""By this signal the kernel ends a parser that makes a call that no reader of files makes (``kit.seccomp``)."""


def _nothing() -> None:
    """What there is to do meanwhile where nobody said anything."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Message).decode


class ParserProcess:
    """Implements ``ports.parsers.Parser``.

    Args:
        module: the program to start.
        scratch: a folder for unnamed files that hold what is too large for memory.
        started: a process of this module that is there already and was given nothing to do yet.
        meanwhile: called when the process reads and this one has nothing to do.
        file_seconds: how long one file may take.
        scan_seconds: how long the whole reading may take.

    Attributes:
        told: told what the process does where that takes long.
    """

    def __init__(
        self,
        module: str,
        scratch: str,
        started: WatchedHelper | None = None,
        *,
        meanwhile: Callable[[], None] = _nothing,
        file_seconds: float = FILE_SECONDS,
        scan_seconds: float = SCAN_SECONDS,
    ) -> None:
        """Nothing more is started yet."""
        self.confinement = Confinement()
        self._module = module
        self._scratch = scratch
        self.told: Callable[[str], None] = lambda _: None
        self._file_seconds = file_seconds
        self._scan_seconds = scan_seconds
        self._waiting = started
        self._meanwhile = meanwhile

    def read(
        self,
        target: Target,
        catalogers: tuple[str, ...],
        opened: Callable[[Artifact], Known],
        source: Source | None = None,
    ) -> Iterator[LayerRead]:
        """Read the layers as they come."""
        attempt = _Attempt(target, catalogers, opened, time.monotonic() + self._scan_seconds)
        vouched = Vouched(source, frozenset(catalogers))
        for _ in range(_MOST_STARTS):
            attempt.opening = time.monotonic()
            run = self._start(target, attempt.workers)
            vouched.begin(run)
            try:
                yield from self._run(run, attempt, vouched)
            finally:
                in_hand = run.close()
            if attempt.finished:
                return
            why = "asked for what it may not do" if run.code == -_SIGSYS else "ended the parser"
            attempt.learn(run.workers, in_hand, why)
        yield from attempt.give_up()

    def take_feeding(self) -> tuple[int, ...]:
        """Start the process that will read the next target, if none waits, and give its pipes."""
        if self._waiting is None:
            self._waiting = self._new(workers(), ())
        return self._waiting.take_feeding()

    def close(self) -> None:
        """End a process that was started and not used."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.close()

    def _start(self, target: Target, workers: int) -> WatchedHelper:
        """A process for the target; one that was started before cannot have inherited a descriptor of it."""
        waiting = self._waiting
        if waiting is not None and target.descriptor < 0:
            self._waiting = None
            return waiting
        self.close()
        return self._new(workers, (target.descriptor,) if target.descriptor >= 0 else ())

    def _new(self, workers: int, kept: tuple[int, ...]) -> WatchedHelper:
        try:
            return WatchedHelper(self._module, self._scratch, workers, kept)
        except OSError as error:
            raise errors.TryLaterError(f"no parser can be started: {error.strerror}") from None

    def _run(self, run: WatchedHelper, attempt: "_Attempt", vouched: Vouched) -> Iterator[LayerRead]:
        """One life of the process; ends early when it dies or hangs."""
        run.send(_encode(attempt.request(run)))
        while run.speaking and (message := self._hear(run, attempt, vouched)) is not None:
            if isinstance(message, Want):
                vouched.want(message)
            elif isinstance(message, LayerRead) and attempt.awaits(message.part):
                yield attempt.took(vouched.layer(message, attempt.known))
            elif isinstance(message, Failed):
                raise vouched.trouble() or _said(message)
            elif isinstance(message, Unpacking | Several | Opened) and attempt.opening is not None:
                self._open(message, run, attempt, vouched)
            elif not isinstance(message, Finished):
                return  # these are the words of what is no parser any more
        attempt.finished = attempt.whole and not run.speaking

    def _open(
        self, message: Unpacking | Several | Opened, run: WatchedHelper, attempt: "_Attempt", vouched: Vouched
    ) -> None:
        """Follow how the target is opened, and say what is known of its layers once it is."""
        if isinstance(message, Unpacking):
            attempt.opening = time.monotonic()
            self.told(f"unpacking the archive: {message.size >> 20} MiB")
        elif isinstance(message, Several):
            raise SeveralImagesError(message.platforms)
        else:
            attempt.opening = None
            self.confinement = message.confinement
            run.send(_encode(attempt.opened(vouched.opened(message.artifact))))
            self._meanwhile()

    def _hear(self, run: WatchedHelper, attempt: "_Attempt", vouched: Vouched) -> Message | None:
        """The next message, or None when a process has died or a file takes too long."""
        try:
            output = self._wait(run, run.speaking, attempt, vouched)
            data = frames.receive(output, lambda: self._wait(run, [output], attempt, vouched))
            message = None if data is None else _decode(attempt.heard(data))
        except (errors.UnreadableError, *UNDECODABLE, TimeoutError):
            return None  # what speaks like this is no parser any more
        if isinstance(message, Finished):
            run.speaking.remove(output)
        return message

    def _wait(self, run: WatchedHelper, outputs: list[int], attempt: "_Attempt", vouched: Vouched) -> int:
        """Wait for a word, and give where it is said; what takes too long, a file or the opening, ends the waiting."""
        attempt.hold(self._scan_seconds)
        while not (said := run.readable(outputs, _TICK)):
            attempt.hold(self._scan_seconds)
            now = time.monotonic()
            if attempt.opening is not None and vouched.waiting():
                attempt.opening = now  # the download is watched by who downloads
            attempt.hung = [held for held in run.journal.in_hand() if now - held.since > self._file_seconds]
            if attempt.hung or (attempt.opening is not None and now - attempt.opening > self._file_seconds):
                raise TimeoutError
        return said[0]


def _said(failed: Failed) -> errors.OakumError:
    """The error that the parser names; what it says about it may be what a file made it say."""
    message, hint = failed.message[:FIELD_CHARACTERS], failed.hint[:FIELD_CHARACTERS]
    return errors.restored(failed.family, message, hint)


class _Attempt:
    """What is known of one reading across the lives of the process."""

    def __init__(
        self, target: Target, catalogers: tuple[str, ...], opened: Callable[[Artifact], Known], deadline: float
    ) -> None:
        self.deadline = deadline
        self.finished = False
        self.opening: float | None = None  # since when the target is being opened
        self._openings = 0
        self.hung: list[InHand] = []
        self.workers = workers()
        self._target = target
        self._catalogers = catalogers
        self._opened = opened
        self._layers = 0
        self._said = 0
        self.known = Known({})
        self._done: set[int] = set()
        self._passed: list[Passed] = []

    def request(self, run: WatchedHelper) -> Request:
        return Request(
            target=self._target,
            catalogers=self._catalogers,
            journal=run.journal.descriptor,
            workers=run.workers,
            spills=run.spills,
            passed=tuple(self._passed),
            done=tuple(sorted(self._done)),
            feeds=run.feeds,
            room=run.room,
        )

    def opened(self, artifact: Artifact) -> Known:
        if not self._layers:
            self._layers = len(artifact.layers)
            self.known = self._opened(artifact)
        return self.known

    def hold(self, seconds: float) -> None:
        """Hold it to its time, also when it never stops to speak."""
        if time.monotonic() > self.deadline:
            raise errors.TryLaterError(f"the scan took longer than {seconds:.0f} seconds")

    def heard(self, data: bytes) -> bytes:
        """Count what was said."""
        self._said += len(data)
        if self._said > SAID_BYTES:
            raise errors.LimitError(f"the parser said more than {SAID_BYTES} bytes")
        return data

    @property
    def whole(self) -> bool:
        """Whether every layer was read."""
        return len(self._done) == self._layers

    def awaits(self, part: int) -> bool:
        """Whether a layer is there and was not read yet."""
        return 0 <= part < self._layers and part not in self._done

    def took(self, layer: LayerRead) -> LayerRead:
        self._done.add(layer.part)
        return layer

    def learn(self, workers: int, in_hand: list[InHand], why: str) -> None:
        """Find the file that did it: the one that hung, or the one in hand when a process died that was alone."""
        if not self._layers:
            self._openings += 1
            if self._openings >= _MOST_OPENINGS:
                raise errors.UnreadableError(f"the parser ended {_MOST_OPENINGS} times while it opened the target")
            return
        hung, self.hung = self.hung, []
        if hung:
            self._passed += [Passed(held.part, held.path, "took too long") for held in hung]
        elif workers == 1 and in_hand:
            self._passed.append(Passed(in_hand[0].part, in_hand[0].path, why))
        self.workers = 1  # one process at a time: the next death names its file

    def give_up(self) -> Iterator[LayerRead]:
        """Every layer that could not be read becomes a gap."""
        gap = Gap(gaps.PARSER_ENDED, f"the layer ended the parser {_MOST_STARTS} times: it was not read")
        for part in sorted(set(range(self._layers)) - self._done):
            yield LayerRead(part, "", LayerFacts(gaps=(gap,)))
