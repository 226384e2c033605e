import asyncio

from oakum.apps.server.job import Work
from oakum.apps.server.jobs.forget import forget
from oakum.model.event import EXEC, Event
from oakum.model.fleet import Container

DAY = 86_400 * 1_000_000_000
NOW = 1_795_608_000 * 1_000_000_000


def test_what_is_old_goes_and_what_is_not_stays(work: Work) -> None:
    old = Container("a" * 64, "h", state="stopped", started="2026-01-01T00:00:00Z", stopped="2026-01-02T00:00:00Z")
    new = Container("b" * 64, "h", state="stopped", started="2026-11-01T00:00:00Z", stopped="2026-11-02T00:00:00Z")
    work.fleet.keep_containers([old, new])
    work.events.append("h", "r", [Event(EXEC, NOW - 30 * DAY, "h", "c", 1), Event(EXEC, NOW - DAY, "h", "c", 2)])
    asyncio.run(forget.run(work))  # type: ignore[arg-type] # it is a coroutine
    assert work.fleet.container("a" * 64) is None
    assert work.fleet.container("b" * 64) == new
    assert [one.sequence for one in work.events.events()] == [2]
