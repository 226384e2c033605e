import mmap
import os

from oakum.kit.journal import Journal
from oakum.kit.limits import NAME_BYTES


def test_what_is_noted_is_seen_through_another_map() -> None:
    written = Journal.create(2)
    seen = Journal(os.dup(written.descriptor), 2)
    assert seen.in_hand() == []
    written.begin(1, 7, "a/é")
    written.begin(0, 3, "x" * 10_000)
    first, second = seen.in_hand()
    assert (first.part, first.path) == (3, "x" * NAME_BYTES)
    assert (second.part, second.path) == (7, "a/é")
    assert second.since <= first.since
    written.done(0)
    assert [held.part for held in seen.in_hand()] == [7]
    seen.close()
    written.close()


def test_names_that_cannot_be_written_and_slots_full_of_noise_harm_nobody() -> None:
    journal = Journal.create(1)
    journal.begin(0, 1, "\udcff")
    assert journal.in_hand()[0].path == "?"
    with mmap.mmap(journal.descriptor, 8192) as noise:
        noise[:8192] = b"\xff\x7f" * 4096
    assert len(journal.in_hand()[0].path) <= NAME_BYTES
    journal.close()
