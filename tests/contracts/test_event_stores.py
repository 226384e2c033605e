"""What every store of events keeps."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oakum.kit.errors import UnreadableError
from oakum.model.event import EXEC, Event, Process
from oakum.ports.event_store import EventStore
from oakum.testing.stores import MemoryEvents

HOUR = 3_600_000_000_000
START = 500_000 * HOUR


def event(sequence: int, at: int, container: str = "c1", host: str = "h1") -> Event:
    return Event(
        EXEC, START + at, host, container, sequence, Process(7, 9, "sh", "/bin/sh"), arguments=("sh", "-c", "id")
    )


def test_events_come_back_in_the_order_of_time(events: EventStore) -> None:
    made = [event(1, 30), event(2, 10), event(3, 2 * HOUR), event(4, 20, "c2")]
    assert events.append("h1", "run1", made) == 4
    assert events.append("h2", "run2", [event(1, 15, host="h2")]) == 1
    assert [one.at - START for one in events.events()] == [10, 15, 20, 30, 2 * HOUR]
    assert list(events.events(container="c2")) == [made[3]]
    assert list(events.events(host="h2")) == [event(1, 15, host="h2")]
    assert list(events.events(since=START + 20, until=START + 2 * HOUR)) == [made[3], made[0]]
    assert list(events.events(host="h3")) == []


def test_a_batch_that_is_sent_again_is_kept_once(events: EventStore) -> None:
    assert events.append("h1", "run1", [event(0, 1), event(1, 2)]) == 2
    assert events.append("h1", "run1", [event(0, 1), event(1, 2), event(2, 3), event(2, 3)]) == 1
    assert events.append("h1", "run2", [event(0, 4)]) == 1
    assert events.append("h2", "run1", [event(0, 5, host="h2")]) == 1
    assert events.append("h2", "run1", []) == 0
    assert [one.at - START for one in events.events()] == [1, 2, 3, 4, 5]


def test_old_segments_go_whole(events: EventStore) -> None:
    events.append("h1", "run1", [event(number, number * HOUR) for number in range(5)])
    assert events.forget(START + 2 * HOUR) == 2
    assert events.forget(START + 2 * HOUR) == 0
    assert [one.sequence for one in events.events()] == [2, 3, 4]
    assert events.append("h1", "run1", [event(1, HOUR)]) == 0
    assert events.append("h1", "run1", [event(5, HOUR)]) == 1
    assert [one.sequence for one in events.events()] == [5, 2, 3, 4]


def test_what_has_no_time_is_refused_whole(events: EventStore) -> None:
    with pytest.raises(UnreadableError):
        events.append("h1", "run1", [event(1, 5), Event(EXEC, -1, sequence=2)])
    assert list(events.events()) == []


def test_hosts_and_runs_may_have_any_name(events: EventStore) -> None:
    name = "../../../" + "x" * 5000 + "\0'"
    assert events.append(name, name, [event(1, 1, container=name)]) == 1
    assert events.append(name, name, [event(1, 1, container=name)]) == 0
    assert len(list(events.events(host=name, container=name))) == 1


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_appends_come_back_like_from_a_list(data: st.DataObject, events: EventStore) -> None:
    expected = MemoryEvents()
    run = f"run{next(_runs)}"
    for host in data.draw(st.lists(st.sampled_from(["a", "b"]), max_size=4)):
        host = f"{host}-{run}"  # noqa: PLW2901 - every example has hosts of its own
        batch = data.draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3 * HOUR)), max_size=6))
        made = [event(sequence, at, host=host) for sequence, at in batch]
        assert events.append(host, run, made) == expected.append(host, run, made)
    for host in (f"a-{run}", f"b-{run}"):
        assert list(events.events(host=host)) == list(expected.events(host=host))


_runs = iter(range(10_000))
