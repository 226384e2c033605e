"""The engine that drives catalogers over the entries of one layer, within the limits.

Limits and failures live here and nowhere in the plug-ins: whatever a file does to a
cataloger, the rest of the layer is read and the file becomes a gap.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.facts.cataloger import Cataloger
from oakum.facts.elf import HEAD_BYTES
from oakum.facts.files import File, Files, NeedsWholeError
from oakum.facts.patterns import MarkerWant, Patterns, Want
from oakum.facts.sought import Sought, is_promising
from oakum.facts.spill import Spill, SpillError
from oakum.kit.archive.tar_header import clean
from oakum.kit.archive.walker import FILE, FOLDER, HARDLINK, SYMLINK, Walker
from oakum.kit.errors import DamagedError, LimitError, OakumError
from oakum.kit.journal import Journal
from oakum.kit.limits import FACTS_PER_FILE, FILE_BYTES, HELD_BYTES, MIB, READ_CHUNK, SPILL_BYTES
from oakum.model import gaps
from oakum.model.fact import Fact, Gap
from oakum.model.layer_facts import LayerFacts, Outcome

_SPILL_FROM: Final = 8 * MIB
_LINK_GAPS: Final = 1_000


class Reading(Struct, frozen=True):
    """How one layer is to be read.

    Attributes:
        patterns: who wants what.
        load: gives a cataloger by its id.
        versions: id -> version of the catalogers that run.
        part: index of the layer, for the journal.
        slot: the process's slot of the journal.
        journal: where the file in hand is noted.
        spill: descriptor of an empty file for what is large.
        passed: paths to pass over, with what they did.
        aliases: content of these paths is also to be read as if it stood at those other paths.
        whole: programs that a cataloger needs whole, as the first reading of the layer found.
        removals: whether names that begin with ``.wh.`` remove files of lower layers; in a plain folder they are names.
    """

    patterns: Patterns
    load: Callable[[str], Cataloger]
    versions: dict[str, int]
    part: int
    slot: int
    journal: Journal
    spill: int
    passed: dict[str, str]
    aliases: dict[str, tuple[str, ...]] = {}
    whole: frozenset[str] = frozenset()
    removals: bool = True


class Engine:
    """Reads one layer.

    Attributes:
        names: every path of the layer, folders with a trailing slash.
        whiteouts: paths that the layer removes.
        opaque: folders whose lower content it hides.
        linked: wanted paths that are hard links to unwanted ones: target -> paths.
        needed: programs that a cataloger needs whole.
        special: setuid and setgid files: path, mode, owner.
        trouble: what failed for a reason of this machine and this day, so that the layer is not kept as read.
    """

    def __init__(self, reading: Reading) -> None:
        """Prepare; nothing is read yet."""
        self.names: list[str] = []
        self.whiteouts: list[str] = []
        self.opaque: list[str] = []
        self.linked: dict[str, tuple[str, ...]] = {}
        self.needed: set[str] = set()
        self.special: tuple[tuple[str, int, int], ...] = ()
        self.trouble: list[Fact] = []
        self._reading = reading
        self._facts: dict[str, list[Fact]] = {plugin: [] for plugin in reading.versions}
        self._held: dict[str, dict[str, list[File]]] = {}
        self._held_bytes = 0
        self._link_gaps = 0
        self._spill = Spill(reading.spill)

    def walk(self, walker: Walker) -> None:
        """Walk all entries and let the catalogers read what they want.

        Raises:
            DamagedError, LimitError: the archive itself cannot be read on; what was seen so far stays.
        """
        maybe, magics = self._reading.patterns.maybe, tuple(self._reading.patterns.magics)
        length, aliases = self._reading.patterns.magic_length, self._reading.aliases
        least = max(length, self._reading.patterns.least)
        removal = ".wh." if self._reading.removals else "\0"  # which no path holds
        add = self.names.append
        for path in walker:
            if removal in path and self._whiteout(path):
                continue
            if walker.kind is FILE:
                add(path)
                if (path in aliases or maybe(path)) and self._named(path, walker):
                    continue
                if length and walker.size >= least and walker.head(length).startswith(magics):
                    self._marked(path, walker.size, walker.head(HEAD_BYTES), walker.content())
            elif walker.kind is FOLDER:
                add(path + "/")
            else:
                add(path)
                self._other(path, walker)

    def again(self) -> Reading | None:
        """How the layer is to be read once more, where it must be; never a third time."""
        reading = self._reading
        if reading.aliases or reading.whole or not (self.linked or self.needed):
            return None
        return replace(reading, aliases=self.linked, whole=frozenset(self.needed))

    def finish(self) -> tuple[Outcome, ...]:
        """Run the catalogers that want the whole layer; give every cataloger's outcome."""
        for plugin, groups in sorted(self._held.items()):
            ordered = {name: tuple(sorted(files, key=lambda file: file.path)) for name, files in groups.items()}
            self._run(plugin, Files(ordered), f"({plugin} over the layer)")
        self._held = {}
        versions = self._reading.versions
        return tuple(Outcome(plugin, versions[plugin], tuple(facts)) for plugin, facts in self._facts.items())

    def _whiteout(self, path: str) -> bool:
        folder, _, base = path.rpartition("/")
        if base == ".wh..wh..opq":
            self.opaque.append(folder)
        elif base.startswith(".wh.") and not base.startswith(".wh..wh."):
            self.whiteouts.append(f"{folder}/{base[4:]}" if folder else base[4:])
        else:
            return base.startswith(".wh..wh.")  # AUFS's own files are no content
        return True

    def _named(self, path: str, walker: Walker) -> bool:
        """Read a file that some glob may want, under its own path and its aliases'; False: none does."""
        paths = (path, *self._reading.aliases.get(path, ()))
        wishes = [(name, want) for name in paths for want in self._reading.patterns.wants(name)]
        if not wishes:
            return False
        large = all(want.large for _, want in wishes)
        waits = any(want.per_layer for _, want in wishes)
        with_spill = large and walker.size > _SPILL_FROM and not waits
        catalogers = {want.cataloger for _, want in wishes}
        if walker.size > _most(large=large, waits=waits):
            self._gap(catalogers, f"is larger ({walker.size} bytes) than what is read", path, gaps.LIMIT)
            return True
        data = self._content(path, walker, catalogers, with_spill=with_spill)
        if data is None:
            return True
        for name, want in wishes:
            self._hand(File(name, walker.size, data, self._spill.open() if with_spill else None), want)
        with self._spill.open() if with_spill else io.BytesIO(data) as content:
            head = content.read(HEAD_BYTES)
            if walker.size >= self._reading.patterns.least and head.startswith(tuple(self._reading.patterns.magics)):
                content.seek(0)
                self._marked(path, walker.size, head, _pieces(content), spilled=with_spill)
        return True

    def _content(self, path: str, walker: Walker, catalogers: Iterable[str], *, with_spill: bool) -> bytes | None:
        """The file's content, nothing when it was put into the spill; None when it cannot be had."""
        self._begin(path)
        try:
            if not with_spill:
                return b"".join(walker.content())
            self._spill.fill(walker.content())
        except (LimitError, OSError) as error:  # a broken stream is the whole layer's matter
            self._failed(error, catalogers, path)
            return None
        finally:
            self._reading.journal.done(self._reading.slot)
        return b""

    def _hand(self, file: File, want: Want) -> None:
        """Give a file to a cataloger, now or at the end of the layer."""
        if not want.per_layer:
            self._run(want.cataloger, Files({want.group: (file,)}), file.path)
            return
        self._held_bytes += len(file.data)
        if self._held_bytes > HELD_BYTES:
            self._gap(
                {want.cataloger}, "the layer holds more of such files than can wait in memory", file.path, gaps.LIMIT
            )
            return
        self._held.setdefault(want.cataloger, {}).setdefault(want.group, []).append(file)

    def _failed(self, error: LimitError | OSError, catalogers: Iterable[str], path: str) -> None:
        """Note that a file's content could not be had; what the machine is to blame for leaves the layer unread."""
        if isinstance(error, SpillError):
            reason = f"could not be put aside to be read: {error.strerror}"
            self.trouble.append(Gap(gaps.UNREADABLE_FILE, reason, path))
        kind = gaps.LIMIT if isinstance(error, LimitError) else gaps.UNREADABLE_FILE
        self._gap(catalogers, _reason(error), path, kind)

    def _marked(self, path: str, size: int, head: bytes, content: Iterator[bytes], *, spilled: bool = False) -> None:
        """Look for markers in a file of a wanted kind."""
        magics = self._reading.patterns.magics
        wants = [want for magic, some in magics.items() if head.startswith(magic) for want in some]
        if not is_promising(wants, size, head):
            return
        sought = Sought(wants, size, head)
        self._begin(path)
        try:
            if path in self._reading.whole and not spilled:
                content, spilled = self._whole(size, content), True
            if sought.anywhere:
                sought.search(content, None if spilled or size > SPILL_BYTES else self._spill)
        except (LimitError, OSError) as error:
            self._failed(error, {want.want.cataloger for want in sought.wants}, path)
            return
        finally:
            self._reading.journal.done(self._reading.slot)
        for want, seen in sought.found():
            if isinstance(seen, LimitError):
                self._gap({want.want.cataloger}, str(seen), path, gaps.LIMIT)
            else:
                self._run_marked(path, size, want, seen)

    def _whole(self, size: int, content: Iterator[bytes]) -> Iterator[bytes]:
        """The content out of the spill, where it stays to be handed whole."""
        if size > SPILL_BYTES:
            raise LimitError(f"is larger ({size} bytes) than what is read whole")
        self._spill.fill(content)
        return _pieces(self._spill.open())

    def _run_marked(self, path: str, size: int, want: MarkerWant, seen: tuple[bytes, ...]) -> None:
        kept = path in self._reading.whole or (want.rest and size <= SPILL_BYTES)
        spill = self._spill.open() if kept else None
        files = Files({want.want.group: (File(path, size, spill=spill, windows=seen),)})
        self._run(want.want.cataloger, files, path)

    def _other(self, path: str, walker: Walker) -> None:
        """A link or a device where a cataloger wants a file."""
        if path in self._reading.patterns.folders and walker.kind is SYMLINK:
            self._moved(path, _target(path, walker))
        wants = self._claims(path, walker)
        if not wants:
            return
        catalogers = {want.cataloger for want in wants}
        if walker.kind not in {SYMLINK, HARDLINK}:
            self._gap(catalogers, "is no regular file", path, gaps.UNREADABLE_FILE)
            return
        target = _target(path, walker)
        if any(want.cataloger in catalogers for want in self._reading.patterns.wants(target)):
            return  # the same content is read where it stands
        if walker.kind is HARDLINK:
            if path not in self._reading.aliases.get(target, ()):
                self.linked[target] = (*self.linked.get(target, ()), path)
        elif self._link_gaps < _LINK_GAPS:
            self._link_gaps += 1
            self._gap(catalogers, f"is a symbolic link to {target}, which is not read", path, gaps.NOT_FOLLOWED)

    def _claims(self, path: str, walker: Walker) -> list[Want]:
        """Who wants the file at hand; what is no file at all says something only where its name is a claim."""
        patterns = self._reading.patterns
        wants = patterns.wants(path) if patterns.maybe(path) else []
        return [want for want in wants if walker.kind is HARDLINK or not want.loose]

    def _moved(self, path: str, target: str) -> None:
        """A link where the folder of wanted files should be: what lies behind it is not found by its name."""
        wants = self._reading.patterns.wants
        lost = {
            want.cataloger
            for want, rest in self._reading.patterns.folders[path]
            if all(other.cataloger != want.cataloger for other in wants(target + rest))
        }
        self._gap(lost, f"is a symbolic link to {target}: what lies there is not read", path, gaps.NOT_FOLLOWED)

    def _run(self, plugin: str, files: Files, path: str) -> None:
        """Run one cataloger on its files; whatever it raises is a gap."""
        why = self._reading.passed.get(path)
        if why is not None:
            self._gap({plugin}, f"{why}, so it was passed over", path, gaps.PARSER_ENDED)
            return
        self._begin(path)
        facts = self._facts[plugin]
        try:
            facts.extend(_limited(self._reading.load(plugin).read(files)))
        except NeedsWholeError:
            self._needs(plugin, path)
        except Exception as error:  # noqa: BLE001 - a hostile file must cost itself alone
            self._gap({plugin}, _reason(error), path, gaps.UNREADABLE_FILE)
        finally:
            self._reading.journal.done(self._reading.slot)
            for file in files.every():
                if file.spill is not None:
                    file.spill.close()

    def _needs(self, plugin: str, path: str) -> None:
        if self._reading.aliases or self._reading.whole:  # which is the second reading
            self._gap({plugin}, "could not be had whole", path, gaps.UNREADABLE_FILE)
        self.needed.add(path)

    def _begin(self, path: str) -> None:
        self._reading.journal.begin(self._reading.slot, self._reading.part, path)

    def _gap(self, plugins: Iterable[str], what: str, path: str, kind: str) -> None:
        for plugin in sorted(plugins):
            self._facts[plugin].append(Gap(kind, what, path))


def read_entries(walker: Walker, reading: Reading) -> tuple[Engine, LayerFacts]:
    """Read one layer; give the engine with the layer's tree, and the facts without it.

    A broken archive ends the walk: what was seen before stays, with a gap for the layer.
    """
    engine = Engine(reading)
    trouble: list[Fact] = []
    try:
        engine.walk(walker)
    except OakumError as error:
        kind = gaps.DAMAGED_LAYER if isinstance(error, DamagedError) else gaps.LIMIT
        trouble.append(Gap(kind, f"the layer was read in part: {error}"))
    engine.special = tuple(one for one in walker.special if not (reading.removals and "/.wh." in f"/{one[0]}"))
    outcomes = engine.finish()
    return engine, LayerFacts(outcomes=outcomes, gaps=(*trouble, *engine.trouble))


def _most(*, large: bool, waits: bool) -> int:
    """The size of a file that is still read; what waits for the end of its layer waits in memory."""
    if not large:
        return FILE_BYTES
    return HELD_BYTES if waits else SPILL_BYTES


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    with content:
        while piece := content.read(READ_CHUNK):
            yield piece


def _limited(facts: Iterator[Fact]) -> Iterator[Fact]:
    yield from islice(facts, FACTS_PER_FILE)
    if next(facts, None) is not None:
        yield Gap(gaps.LIMIT, f"more than {FACTS_PER_FILE} facts; the rest was left out")


def _target(path: str, walker: Walker) -> str:
    if walker.kind is HARDLINK or walker.link.startswith("/"):
        return clean(walker.link)
    return clean("./" + path.rpartition("/")[0] + "/" + walker.link)


def _reason(error: BaseException) -> str:
    said = str(error).split("\n", 1)[0][:300]
    if isinstance(error, OakumError):
        return said
    return f"cannot be read ({type(error).__name__}: {said})" if said else f"cannot be read ({type(error).__name__})"
