import struct

import pytest

from oakum.facts.events.container import container
from oakum.facts.record import REMOVED, read_head
from oakum.model.event import CONTAINER_START, CONTAINER_STOP, GROUP
from oakum.testing.records import made, scene

ID = "0f" * 32


@pytest.mark.parametrize(
    ("path", "flags", "kind", "named"),
    [
        (f"/docker/{ID}", 0, CONTAINER_START, ID),
        (f"/docker/{ID}", REMOVED, CONTAINER_STOP, ID),
        (f"/system.slice/docker-{ID}.scope", 0, CONTAINER_START, ID),
        (f"/docker/{ID}/init.scope", 0, GROUP, ID),
        (f"/docker/{ID}/docker/{'1e' * 32}", 0, GROUP, ID),
        ("/system.slice/cron.service", 0, GROUP, ""),
    ],
)
def test_a_groups_path_says_whose_it_is(path: str, flags: int, kind: str, named: str) -> None:
    text = path.encode() + b"\0"
    record = made(5, struct.pack("<QII", 1234, len(text), 0) + text, flags=flags)
    event = container.decode(read_head(record), record, scene())
    assert (event.kind, event.container, event.path, event.group) == (kind, named, path, 1234)
