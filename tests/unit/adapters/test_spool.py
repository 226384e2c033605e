import os
from pathlib import Path

import msgspec
import pytest

from oakum.adapters.spool import FolderSpool
from oakum.kit.archive import zstd
from oakum.kit.errors import NotPermittedError
from oakum.model.api import EventBatch
from oakum.model.event import EXEC, Event
from oakum.ports.spool import CONTAINERS, EVENTS, HOST, INCIDENT


def events(number: int) -> list[Event]:
    return [Event(EXEC, number, path=os.urandom(20).hex(), sequence=number)]


def kinds(spool: FolderSpool) -> list[str]:
    found = []
    while item := spool.next():
        found.append(item.kind)
        spool.done(item)
    return found


def test_items_come_in_order_with_events_last(tmp_path: Path) -> None:
    spool = FolderSpool(str(tmp_path))
    spool.put_events("run", events(1))
    for kind in (HOST, CONTAINERS, INCIDENT):
        spool.put(kind, b"{}")
    assert kinds(spool) == [HOST, CONTAINERS, INCIDENT, EVENTS]
    assert spool.next() is None


def test_what_was_put_is_there_for_the_next_run_and_what_was_not_finished_is_not(tmp_path: Path) -> None:
    spool = FolderSpool(str(tmp_path))
    spool.put(INCIDENT, b"kept")
    spool.put_events("run", events(7))
    (tmp_path / "urgent" / ".0000000000000099.incident").write_bytes(b"ha")
    again = FolderSpool(str(tmp_path))
    item = again.next()
    assert item is not None
    assert (item.kind, item.body) == (INCIDENT, b"kept")
    again.done(item)
    batch = again.next()
    assert batch is not None
    said = msgspec.msgpack.decode(zstd.ZstdDecompressor().decompress(batch.body, 10_000), type=EventBatch)
    assert [one.sequence for one in said.events] == [7]
    again.put(HOST, b"{}")
    after = again.next()
    assert after is not None
    assert after.name > item.name


def test_where_there_is_no_room_the_oldest_events_go_and_are_counted(tmp_path: Path) -> None:
    spool = FolderSpool(str(tmp_path), room=500)
    spool.put(INCIDENT, b"x" * 5_000)
    for number in range(20):
        spool.put_events("run", events(number))
    assert spool.dropped() > 0
    assert spool.dropped() == 0
    assert kinds(spool)[0] == INCIDENT
    assert sum(os.path.getsize(one) for one in tmp_path.glob("events/*")) == 0


def test_a_folder_that_cannot_be_made_is_said() -> None:
    with pytest.raises(NotPermittedError):
        FolderSpool("/proc/spool")
