"""What is sought in one file of a wanted kind, sorted by where in it that may be."""

from collections.abc import Iterable, Iterator

from oakum.facts import pe_data
from oakum.facts.elf import NOWHERE, writable
from oakum.facts.markers import windows
from oakum.facts.notes import Notes, may_hold
from oakum.facts.patterns import MarkerWant
from oakum.facts.sections import Tail
from oakum.facts.spill import Spill
from oakum.kit.errors import LimitError

Found = tuple[MarkerWant, tuple[bytes, ...]]


def is_promising(wants: Iterable[MarkerWant], size: int, head: bytes) -> bool:
    """Whether a file may fulfil a wish, as its beginning tells; most programs tell that they fulfil none."""
    return any(size >= want.least and _is_promising(want, head) for want in wants)


def _is_promising(want: MarkerWant, head: bytes) -> bool:
    if want.notes:
        return may_hold(head, want.marker)
    if want.head:
        return want.marker in head
    return bool(want.section) or not head.startswith(pe_data.MAGIC) or pe_data.writable(head) != NOWHERE


class Sought:
    """The wishes that one file may fulfil.

    Attributes:
        wants: all of them.
        anywhere: whether the file must pass by to tell.
    """

    def __init__(self, wants: Iterable[MarkerWant], size: int, head: bytes) -> None:
        """Sort the wishes, and fulfil those that the file's beginning does."""
        self.wants = [want for want in wants if size >= want.least]
        self._head = head
        self._markers: list[MarkerWant] = []
        self._sections: list[MarkerWant] = []
        self._noted: list[MarkerWant] = []
        self._found: list[Found] = []
        for want in self.wants:
            if want.section:
                self._sections.append(want)
            elif want.notes:
                self._noted.append(want)
            elif not want.head:
                self._markers.append(want)
            elif want.marker in head:
                self._found.append((want, (head,)))
        self._within = pe_data.writable(head) if head.startswith(pe_data.MAGIC) else writable(head)
        if self._within == NOWHERE:
            self._markers = []
        self._notes = Notes(head if self._noted else b"")
        self.anywhere = bool(self._markers or self._sections or self._notes.beyond)
        self._tail = Tail(head) if self._sections else None

    def search(self, content: Iterator[bytes], spill: Spill | None = None) -> None:
        """Let the file pass by; what a wish asks for from its marker on goes into the spill, where there is one."""
        if spill is not None and any(want.rest for want in self._markers):
            spill.clear()
        content = self._notes.watch(content) if self._notes.beyond else content
        content = self._tail.watch(content) if self._tail is not None else content
        self._found += windows(content, self._markers, self._within, spill.put if spill is not None else None)

    def found(self) -> Iterator[Found | tuple[MarkerWant, LimitError]]:
        """The wishes that were fulfilled, or that could not be for the reason given."""
        yield from self._found
        for want in self._noted:
            held = self._notes.with_marker(want.marker)
            if held:
                yield want, held
        if self._tail is not None:
            for want in self._sections:
                yield from _section(self._tail, want)


def _section(tail: Tail, want: MarkerWant) -> Iterator[Found | tuple[MarkerWant, LimitError]]:
    """The wanted section of a program that has passed by."""
    if want.there:
        if tail.has(want.section):
            yield want, (b"",)
        return
    try:
        held = tail.section(want.section)
    except LimitError as error:
        yield want, error
        return
    if held:
        yield want, (held,)
