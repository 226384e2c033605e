"""What processes of ours say to each other, when the one that speaks was taken over: frames, messages, the journal."""

import os
import tempfile
from collections.abc import Iterator

import msgspec
from bench.fuzz.target import Target, single

from oakum.adapters.parser_process import ParserProcess
from oakum.adapters.registry.fetcher_process import FetcherProcess
from oakum.adapters.snapshot_file import SnapshotFile, write_snapshot
from oakum.kit import frames
from oakum.kit.errors import OakumError, UnreadableError
from oakum.kit.journal import InHand, Journal
from oakum.kit.process import Helper
from oakum.kit.watched import WatchedHelper
from oakum.model import reading
from oakum.model.artifact import Artifact, Layer
from oakum.model.confinement import Confinement
from oakum.model.fact import Gap, Owns, Package
from oakum.model.fetching import Fetched, NotFetched, Resolved, Trust
from oakum.model.layer_facts import LayerFacts, Outcome
from oakum.model.policy import Check
from oakum.testing.inventory import installed
from oakum.testing.policies import image, policy
from oakum.testing.report import finding

_PIPE = 60_000


def targets() -> Iterator[Target]:
    """Those of this module."""
    yield single("wire-frames", lambda: [b"\0\0\0\2hi\0\0\0\0"], _frames, (UnreadableError,))
    yield single(
        "wire-parser", _said, _parser, (OakumError,), words=(b"\x91" * 300, b"\xd9\x02\xff\xfe", b"layer", b"want")
    )
    yield single("wire-fetcher", _told, _fetcher, (OakumError,), words=(b"\xdc\xff\xff", b"\xa2\xff\xfe", b"fetched"))
    yield single("wire-journal", lambda: [bytes(16384)], _journal, ())
    yield single("wire-snapshot", _snapshots, _snapshot, ())


def _piped(data: bytes) -> int:
    reading_end, writing_end = os.pipe()
    os.write(writing_end, data[:_PIPE])
    os.close(writing_end)
    return reading_end


def _frames(data: bytes) -> object:
    descriptor = _piped(data)
    try:
        return list(iter(lambda: frames.receive(descriptor), None))
    finally:
        os.close(descriptor)


def _framed(*messages: object) -> bytes:
    said = [msgspec.msgpack.encode(message) for message in messages]
    return b"".join(len(data).to_bytes(4, "big") + data for data in said)


def _said() -> list[bytes]:
    package = Package("npm", "a", "1", "x/package.json", licenses=("MIT",), depends=("b",))
    facts = LayerFacts(
        outcomes=(Outcome("node_package", 1, (package, Owns("rpm", "a", "p", "x\ny"))),), gaps=(Gap("limit", "x"),)
    )
    artifact = Artifact("x", "registry", layers=(Layer("sha256:" + "a" * 64), Layer("sha256:" + "b" * 64)))
    opened = reading.Opened(artifact, Confinement(7, seccomp=True, network="none"))
    layers = [reading.LayerRead(part, "sha256:" + "c" * 64, facts) for part in (0, 1)]
    want = reading.Want(0, 0, "sha256:" + "a" * 64, 5)
    failed = reading.Failed("DamagedError", "is broken", "mend it")
    return [_framed(opened, *layers, reading.Finished()), _framed(want, opened), _framed(failed)]


def _parser(data: bytes) -> object:
    target = reading.Target("x", "oci_layout", "x")
    return list(_TakenOver(data).read(target, ("node_package",), lambda _: reading.Known({0: ("node_package",)})))


class _TakenOver(ParserProcess):
    """A parser whose process says what the case holds."""

    def __init__(self, data: bytes) -> None:
        super().__init__("none", "/nowhere")
        self._data = data

    def _start(self, target: reading.Target, workers: int) -> WatchedHelper:
        del target, workers
        return _Run(self._data)


class _Run(WatchedHelper):
    """A process that has said all that it will say."""

    def __init__(self, data: bytes) -> None:
        self.workers, self.spills, self.feeds, self.room, self.code = 1, (), (), -1, 1
        self._output = _piped(data)
        self.speaking = [self._output]
        self.journal = Journal.create(1)

    def send(self, data: bytes) -> None:
        """Nobody listens."""

    def readable(self, outputs: list[int], seconds: float) -> list[int]:
        """Always."""
        del seconds
        return outputs

    def close(self) -> list[InHand]:
        """End."""
        os.close(self._output)
        self.journal.close()
        return []


def _told() -> list[bytes]:
    digest = "sha256:" + "a" * 64
    failed = NotFetched(1, "TryLaterError", "is busy", "wait")
    return [_framed(Resolved(digest, "h", "m"), Fetched(1)), _framed(failed), _framed(NotFetched(0, "X", "y"))]


def _fetcher(data: bytes) -> object:
    source = _TakenOverFetcher(data)
    try:
        return source.resolve(()), source.held(-1), source.trouble()
    finally:
        source.close()


class _TakenOverFetcher(FetcherProcess):
    """A fetcher whose process says what the case holds."""

    def __init__(self, data: bytes) -> None:
        super().__init__("none", "latest", lambda: (), Trust())
        self._data = data
        self._tickets = {-1: [1]}

    def _new(self, feeds: tuple[int, ...]) -> Helper:
        del feeds
        return _Ended(_piped(self._data))

    def _forget(self) -> None:
        super()._forget()
        self._tickets = {-1: [1]}


class _Ended(Helper):
    """A process that is gone; what it said is still in the pipe."""

    def __init__(self, output: int) -> None:
        super().__init__(0, os.open(os.devnull, os.O_WRONLY), output)

    def end(self) -> int:
        """Close the pipe."""
        os.close(self.output)
        os.close(self.input)
        return 0


def _journal(data: bytes) -> object:
    journal = Journal.create(2)
    try:
        os.pwrite(journal.descriptor, data[:16384], 0)
        return [(held.part, len(held.path)) for held in journal.in_hand()]
    finally:
        journal.close()


def _snapshots() -> list[bytes]:
    found = finding("CVE-2026-1", installed("deb", "zlib1g", "1"))
    subject = image(found, artifact=Artifact("docker:x", "docker", "sha256:d", "sha256:i"))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "snapshot")
        write_snapshot(path, [subject], ((policy("p", Check("privileged")),), ()), (1000, 60))
        with open(path, "rb") as file:
            return [file.read()]


def _snapshot(data: bytes) -> object:
    descriptor = os.memfd_create("snapshot")
    try:
        os.write(descriptor, data)
        newest = SnapshotFile(f"/proc/self/fd/{descriptor}").newest()
        return newest is not None and (newest.made, newest.greatest_age, len(newest.policies))
    finally:
        os.close(descriptor)
