"""Read an artifact: what the parser does, from the target to the facts of every layer.

Several processes share the layers (``kit.crew``): the first one opens the target and asks what is known, then all
take the layer that nobody has taken and that is most work, until there is none.
"""

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, msgpack, structs

from oakum.facts.cataloger import CATALOGERS, Cataloger
from oakum.facts.engine import Engine, Reading, read_entries
from oakum.facts.patterns import Patterns
from oakum.flows.read_single import read_single
from oakum.flows.read_streamed import Streams, open_target
from oakum.flows.unpack_target import unpacked_target
from oakum.kit.archive import zstd
from oakum.kit.archive.ahead import unpacked_ahead
from oakum.kit.archive.blob import Blob
from oakum.kit.archive.folder import FolderWalker
from oakum.kit.archive.tar import TarWalker
from oakum.kit.archive.unpack import effort, load_unpacker, unpacked
from oakum.kit.crew import Crew
from oakum.kit.errors import OakumError
from oakum.kit.journal import Journal
from oakum.kit.plugin import Entry
from oakum.model import gaps
from oakum.model.confinement import Confinement
from oakum.model.fact import Fact, Gap
from oakum.model.layer_facts import LayerFacts, Tree
from oakum.model.reading import Finished, Known, LayerRead, Message, Opened, Order, Request, Several
from oakum.sources.opener import OPENERS, LayerPlace, OpenedTarget, SeveralError

_UNREAD = 200
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe in a blob's place must not block
_SHORT_TURN = 0.00005
"""Seconds until the thread that walks gives way to the one that unpacks for it: one that waits unpacks nothing."""

_KERNEL_FOLDERS = frozenset({"proc", "sys", "dev", "run"})
"""Roots of the kernel's own and of volatile file systems (FHS 3.0): no package lies there."""

Say = Callable[[Message], None]


class _Task(Struct, frozen=True):
    """What every layer is read with."""

    request: Request
    opened: OpenedTarget
    stored: Mapping[int, tuple[str, ...]]
    index: Mapping[str, Entry]
    load: Callable[[str], Cataloger]
    journal: Journal
    say: Say
    streams: Streams
    ahead: bool
    patterns: dict[tuple[str, ...], Patterns] = {}  # by what is still wanted, which most layers have in common

    def wishes(self, wanted: Mapping[str, Entry]) -> Patterns:
        """The patterns of some catalogers, made once for all layers that miss the same."""
        key = tuple(wanted)
        if key not in self.patterns:
            self.patterns[key] = Patterns(wanted)
        return self.patterns[key]


def plugins() -> Mapping[str, Entry]:
    """Load what every reading needs, whatever is asked: a parser that waits for its work has the time."""
    load_unpacker()
    return CATALOGERS.index()


def read_artifact(
    request: Request,
    say: Say,
    hear: Callable[[], Known],
    confinement: Confinement,
    every: Mapping[str, Entry],
    crew: Crew,
) -> None:
    """Open the target, ask what is known of its layers, read the rest with the other processes of the crew.

    Args:
        request: what is asked.
        say: tells the parent.
        hear: gives what is known already.
        confinement: what this process may still do.
        every: the catalogers that are there, as ``plugins`` gives them.
        crew: who reads; this process leads.

    Raises:
        OakumError: the target cannot be opened.
    """
    journal = Journal(request.journal, request.workers)
    streams = Streams(request, journal, say)
    opener = OPENERS.load(request.target.opener)
    if opener.archive:
        request = structs.replace(request, target=unpacked_target(request, say))
    try:
        target, opened = open_target(opener, request, streams)
    except SeveralError as several:
        say(Several(several.platforms))
        return
    say(Opened(opened.artifact, confinement))
    index = {plugin: every[plugin] for plugin in request.catalogers}
    parts = [part for part in range(len(opened.places)) if part not in request.done]
    patterns = {tuple(index): Patterns(index)}  # while the parent looks up what is known
    unpacked_whole = target.descriptor == request.room >= 0
    order = Order(target.documents, unpacked_whole, hear().stored, len(parts) < request.workers)
    blamed = {passed.part for passed in request.passed}  # comes last, so that it cannot keep the others from being read
    crew.order(msgpack.encode(order), sorted(parts, key=lambda part: (part in blamed, -_effort(opened.places[part]))))
    _read_layers(
        _Task(request, opened, order.stored, index, _loader(), journal, say, streams, order.ahead, patterns), crew
    )


def read_with_others(request: Request, order: Order, say: Say, every: Mapping[str, Entry], crew: Crew) -> None:
    """Read layers of a target that the leader of the crew has opened.

    Args:
        request: what is asked.
        order: what the leader said.
        say: tells the parent.
        every: the catalogers that are there, as ``plugins`` gives them.
        crew: who reads.

    Raises:
        OakumError: the target cannot be opened.
    """
    journal = Journal(request.journal, request.workers)
    opener = OPENERS.load(request.target.opener)
    target = structs.replace(request.target, documents=order.documents)
    if order.unpacked:
        target = structs.replace(target, descriptor=request.room)
    elif opener.archive:
        target = unpacked_target(request, say)
    opened = opener.open(target)
    index = {plugin: every[plugin] for plugin in request.catalogers}
    streams = Streams(request, journal, say)
    _read_layers(_Task(request, opened, order.stored, index, _loader(), journal, say, streams, order.ahead), crew)


def _read_layers(task: _Task, crew: Crew) -> None:
    """Take the layer that waits and is most work, until none waits."""
    if task.ahead:
        sys.setswitchinterval(_SHORT_TURN)
    while (part := crew.take()) is not None:
        task.say(_read_layer(task, part, crew.slot))
    task.say(Finished())


def _effort(place: LayerPlace) -> int:
    """How much work a layer may be; what can be read only once, or not at all, goes by its size."""
    if place.streamed or not (place.path or place.descriptor >= 0):
        return place.size
    try:
        with _opened(place) as descriptor:
            return effort(descriptor, place.offset, place.size)
    except OSError:  # said when it is read
        return place.size


@contextlib.contextmanager
def _opened(place: LayerPlace) -> Iterator[int]:
    """The descriptor of the file that holds a layer, or -1 for one that is streamed."""
    if place.descriptor >= 0 or place.streamed:
        yield place.descriptor
        return
    descriptor = os.open(place.path, _OPEN)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _read_layer(task: _Task, part: int, slot: int) -> LayerRead:
    """Read what is not stored of one layer; a layer that cannot be read is a gap."""
    place = task.opened.places[part]
    wanted = {plugin: entry for plugin, entry in task.index.items() if plugin not in task.stored.get(part, ())}
    if place.missing:
        return LayerRead(part, "", LayerFacts(gaps=(Gap(gaps.DAMAGED_LAYER, place.missing),)))
    if place.file:
        return LayerRead(part, "", read_single(place, _reading(task, wanted, part, slot), wanted))
    if place.folder:
        return LayerRead(part, "", _read_folder(_reading(task, wanted, part, slot), place.folder))
    if place.streamed and not wanted:
        return LayerRead(part, place.expected, LayerFacts())  # its facts are known: it is not even downloaded
    try:
        with _opened(place) as descriptor:
            return _read_blob(task, place, _reading(task, wanted, part, slot), descriptor)
    except Exception as error:  # noqa: BLE001 - a hostile layer must cost itself alone
        said = str(error) if isinstance(error, OakumError | OSError) else f"{type(error).__name__}: {error}"[:300]
        return LayerRead(part, "", LayerFacts(gaps=(Gap(gaps.DAMAGED_LAYER, f"the layer cannot be read: {said}"),)))


def _read_blob(task: _Task, place: LayerPlace, reading: Reading, descriptor: int) -> LayerRead:
    """Read a stored layer once; its facts count only when the digest held."""
    claimed = task.opened.artifact.layers[reading.part].diff_id
    blob = _blob(task, place, reading, descriptor)
    facts = LayerFacts()
    stream = unpacked_ahead(blob) if task.ahead else unpacked(blob)
    content = _Hashed(stream, wanted=not place.expected)
    if reading.versions or content.wanted:
        engine, facts = read_entries(TarWalker(content.chunks()), reading)
        facts = _with_tree(engine, facts)
        again = engine.again()
        if again is not None:
            stream.close()
            return _read_blob(task, place, again, descriptor)
        facts = _with_links(facts, engine, reading)
    unpacked_digest = content.digest() if content.wanted else ""
    stream.close()
    digest = blob.digest()
    if place.streamed:
        return LayerRead(reading.part, place.expected, facts)  # the parent has the word of who downloaded it
    if place.plain:
        return LayerRead(reading.part, "", facts)  # nothing states what it must be, so nothing is kept of it
    if (unpacked_digest or digest) != (place.expected or claimed):
        expected = place.expected or claimed
        what = f"the layer is not what its digest says ({expected}): what it holds was not used"
        return LayerRead(reading.part, "", LayerFacts(gaps=(Gap(gaps.DAMAGED_LAYER, what),)))
    return LayerRead(reading.part, unpacked_digest or digest, facts)


def _blob(task: _Task, place: LayerPlace, reading: Reading, descriptor: int) -> Blob:
    if place.streamed:
        return task.streams.layer(reading.part, reading.slot, place)
    return Blob(descriptor, place.offset, place.size)


class _Hashed:
    """Chunks that are hashed on their way, where nothing else vouches for them."""

    def __init__(self, chunks: Iterator[bytes], *, wanted: bool) -> None:
        self.wanted = wanted
        self._chunks = chunks
        self._hash = hashlib.sha256()

    def chunks(self) -> Iterator[bytes]:
        if not self.wanted:
            return self._chunks
        return self._hashing()

    def digest(self) -> str:
        for _ in self._hashing():
            pass
        return "sha256:" + self._hash.hexdigest()

    def _hashing(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._hash.update(chunk)
            yield chunk


def _read_folder(reading: Reading, folder: str) -> LayerFacts:
    """Walk a folder of the running system; what could not be opened is a gap each, up to a number."""
    walker = FolderWalker(folder)
    engine, facts = read_entries(walker, structs.replace(reading, removals=False))
    again = engine.again()
    if again is not None:
        walker = FolderWalker(folder)
        facts = read_entries(walker, again)[1]
    unread = [(path, why) for path, why in walker.unread if path not in _KERNEL_FOLDERS]
    found: list[Fact] = [Gap(gaps.UNREADABLE_FILE, f"was not read: {why}", path) for path, why in unread[:_UNREAD]]
    if len(unread) > _UNREAD:
        found.append(Gap(gaps.UNREADABLE_FILE, f"{len(unread) - _UNREAD} more places were not read"))
    left_out = [Gap(gaps.LEFT_OUT, why, path) for path, why in walker.left_out]
    return LayerFacts(Tree(special=engine.special), facts.outcomes, (*facts.gaps, *found, *left_out))


def _with_tree(engine: Engine, facts: LayerFacts) -> LayerFacts:
    packed = zstd.compress("\0".join(engine.names).encode("utf-8", "replace"), 1)
    tree = Tree(packed, tuple(engine.whiteouts), tuple(engine.opaque), engine.special)
    return LayerFacts(tree, facts.outcomes, facts.gaps)


def _with_links(facts: LayerFacts, engine: Engine, reading: Reading) -> LayerFacts:
    """Say which wanted hard links point at something that the layer does not hold."""
    there = set(engine.names) if reading.aliases else set()
    lost = [(target, path) for target, paths in reading.aliases.items() if target not in there for path in paths]
    found = (
        Gap(gaps.NOT_FOLLOWED, f"is a hard link to {target}, which the layer does not hold", path)
        for target, path in lost
    )
    return LayerFacts(facts.tree, facts.outcomes, (*facts.gaps, *found))


def _reading(task: _Task, wanted: Mapping[str, Entry], part: int, slot: int) -> Reading:
    return Reading(
        patterns=task.wishes(wanted),
        load=task.load,
        versions={plugin: entry["version"] for plugin, entry in wanted.items()},
        part=part,
        slot=slot,
        journal=task.journal,
        spill=task.request.spills[slot],
        passed={passed.path: passed.why for passed in task.request.passed if passed.part == part},
    )


def _loader() -> Callable[[str], Cataloger]:
    loaded: dict[str, Cataloger] = {}

    def load(plugin: str) -> Cataloger:
        if plugin not in loaded:
            loaded[plugin] = CATALOGERS.load(plugin)
        return loaded[plugin]

    return load
