"""The evaluation of OSV's ranges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.findings.ranges import Compared, in_words, judge
from oakum.model.advisory import Advisory, Event, Range
from oakum.model.versions.semver import semver
from oakum.testing.inventory import advisory, ranged


def _judge(version: str, record: Advisory) -> bool | None:
    return judge(record, version, Compared(semver)).affected


def _record(*events: str) -> Advisory:
    return advisory("X-1", "npm a", ranged(*events))


@pytest.mark.parametrize(
    ("events", "version", "affected"),
    [
        (("introduced 0", "fixed 1.2.0"), "1.1.9", True),
        (("introduced 0", "fixed 1.2.0"), "1.2.0", False),
        (("introduced 0", "fixed 1.2.0"), "1.2.0-rc.1", True),
        (("introduced 0",), "9.9.9", True),
        (("introduced 1.0.0", "fixed 1.2.0"), "0.9.0", False),
        (("introduced 1.0.0", "last_affected 1.2.0"), "1.2.0", True),
        (("introduced 1.0.0", "last_affected 1.2.0"), "1.2.1", False),
        (("introduced 1.0.0", "last_affected 1.0.0"), "1.0.0", True),
        (("introduced 0", "fixed 1.0.0", "introduced 2.0.0", "fixed 2.1.0"), "1.5.0", False),
        (("introduced 0", "fixed 1.0.0", "introduced 2.0.0", "fixed 2.1.0"), "2.0.5", True),
        (("fixed 2.1.0", "introduced 2.0.0", "fixed 1.0.0", "introduced 0"), "2.0.5", True),
        (("introduced 0", "fixed 1.0.0", "introduced 1.0.0", "fixed 2.0.0"), "1.0.0", True),
        (("introduced 1.0.0", "fixed 1.0.0"), "1.0.0", False),
        (("introduced 0", "limit 2.0.0"), "1.0.0", True),
        (("introduced 0", "limit 2.0.0"), "2.0.0", False),
        (("introduced 0", "limit *"), "2.0.0", True),
        (("fixed 1.0.0",), "0.5.0", False),
        ((), "0.5.0", False),
    ],
)
def test_the_range_rules_of_the_schema(events: tuple[str, ...], version: str, *, affected: bool) -> None:
    assert _judge(version, _record(*events)) is affected


def test_a_listed_version_is_affected_also_outside_of_every_range() -> None:
    record = replace(_record("introduced 5.0.0"), versions=("1.0.0",))
    assert _judge("1.0.0", record) is True
    assert _judge("v1.0.0", record) is True
    assert _judge("1.0.1", record) is False


def test_a_listed_version_that_is_no_version_is_found_as_it_is_written() -> None:
    assert _judge("weird!", replace(_record(), versions=("weird!",))) is True


def test_what_cannot_be_compared_is_unknown() -> None:
    assert _judge("weird!", _record("introduced 0")) is None
    assert _judge("1.0.0", _record("introduced 0", "fixed weird!")) is None


def test_one_range_that_holds_is_enough_beside_one_that_cannot_be_read() -> None:
    record = advisory("X-1", "npm a", ranged("introduced 0", "fixed weird!"), ranged("introduced 0"))
    assert _judge("1.0.0", record) is True


def test_the_range_is_said_in_words() -> None:
    compared = Compared(semver)
    assert judge(_record("introduced 0", "fixed 2.0.0"), "1.0.0", compared).words == "from 0, fixed in 2.0.0"
    assert judge(_record("introduced 1.0.0"), "1.0.0", compared).words == "from 1.0.0, no fix known"
    assert judge(_record("introduced 1.0.0", "last_affected 3.0.0"), "2.0.0", compared).words == "from 1.0.0 to 3.0.0"
    assert judge(_record("introduced 0", "fixed 2.0.0"), "2.0.0", compared).words == "from 0, fixed in 2.0.0"
    assert in_words(replace(_record(), versions=("1.0.0", "1.0.1"))) == "2 versions listed one by one"


def test_higher_versions_come_in_order_and_once() -> None:
    assert Compared(semver).above("1.0.0", ["3.0.0", "weird!", "1.0.0", "v2.0.0", "2.0.0"]) == ("v2.0.0", "3.0.0")


_VERSIONS = st.sampled_from(["0", "0.9.0", "1.0.0", "1.0.0-rc.1", "2.0.0", "weird!", "*", ""])
_EVENTS = st.builds(Event, st.sampled_from(["introduced", "fixed", "last_affected", "limit", "other"]), _VERSIONS)


@settings(max_examples=100)
@given(st.lists(_EVENTS, max_size=6), _VERSIONS)
def test_any_events_are_judged_without_an_error(events: list[Event], version: str) -> None:
    record = replace(_record(), ranges=(Range(tuple(events)),))
    verdict = judge(record, version, Compared(semver))
    assert verdict.affected in (True, False, None)


def _by_the_pseudocode(events: list[Event], version: str) -> bool:
    """``IncludedInRanges`` of the schema's section "Evaluation", word for word."""
    compared = Compared(semver)

    def at(text: str) -> bytes:
        return b"" if text == "0" else compared.key(text)

    wanted = at(version)
    limits = [event.version for event in events if event.kind == "limit"]
    if limits and not any(limit == "*" or wanted < at(limit) for limit in limits):
        return False
    vulnerable = False
    for event in sorted((one for one in events if one.kind != "limit"), key=lambda one: at(one.version)):
        if event.kind == "introduced" and wanted >= at(event.version):
            vulnerable = True
        elif (event.kind == "fixed" and wanted >= at(event.version)) or (
            event.kind == "last_affected" and wanted > at(event.version)
        ):
            vulnerable = False
    return vulnerable


_ORDERED = st.sampled_from(["1.0.0", "1.1.0-rc.1", "1.1.0", "2.0.0", "3.0.0"])
_ANY_EVENT = st.one_of(
    st.builds(Event, st.just("introduced"), st.one_of(st.just("0"), _ORDERED)),
    st.builds(Event, st.sampled_from(["fixed", "last_affected"]), _ORDERED),
    st.builds(Event, st.just("limit"), st.one_of(st.just("*"), _ORDERED)),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_ANY_EVENT, max_size=6), _ORDERED)
def test_any_events_are_judged_as_the_schema_s_pseudocode_does(events: list[Event], version: str) -> None:
    record = Advisory("X-1", "osv:npm", "npm", "a", ranges=(Range(tuple(events)),))
    assert _judge(version, record) is _by_the_pseudocode(events, version)
