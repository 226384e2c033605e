import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.model.scheme import VersionError
from oakum.model.versions.semver import semver

ASCENDING = (
    "0", "1.0.0-0", "1.0.0-1", "1.0.0-1.1", "1.0.0-2", "1.0.0-10", "1.0.0--", "1.0.0-alpha", "1.0.0-alpha.1",
    "1.0.0-alpha.beta", "1.0.0-alpha1", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1",
    "1.2.0", "1.10.0", "2.0.0", "18446744073709551616.0.0",
)  # fmt: skip
IDENTIFIER = st.from_regex(r"0|[1-9][0-9]{0,2}|[a-cA-C-][0-9a-c-]{0,3}", fullmatch=True)
PARTS = st.tuples(st.tuples(*[st.integers(0, 300)] * 3), st.lists(IDENTIFIER, max_size=3))

Parts = tuple[tuple[int, int, int], list[str]]


def by_the_rules(left: Parts, right: Parts) -> int:
    """Section 11, rule by rule."""
    if left[0] != right[0]:
        return 1 if left[0] > right[0] else -1
    if not left[1] or not right[1]:
        return bool(right[1]) - bool(left[1])
    for a, b in zip(left[1], right[1], strict=False):
        if a != b:
            if a.isdigit() and b.isdigit():
                return 1 if int(a) > int(b) else -1
            if a.isdigit() or b.isdigit():
                return -1 if a.isdigit() else 1
            return 1 if a > b else -1
    return (len(left[1]) > len(right[1])) - (len(left[1]) < len(right[1]))


def text_of(parts: Parts) -> str:
    core, identifiers = parts
    return ".".join(map(str, core)) + ("-" + ".".join(identifiers) if identifiers else "")


def test_orders_as_the_specification_says() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert semver.compare(lower, higher) == -1, (lower, higher)


@given(PARTS, PARTS)
@settings(max_examples=200, deadline=None)
def test_agrees_with_the_rules(left: Parts, right: Parts) -> None:
    assert semver.compare(text_of(left), text_of(right)) == by_the_rules(left, right)


@pytest.mark.parametrize("pair", ["v1.2.3 1.2.3", "=1.2.3 1.2.3", "1.2.3+a 1.2.3+b", "1.2.3beta 1.2.3-beta", "1 1.0.0"])
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert semver.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "latest", "1.2.3.4", "^1.2.3", "1.2.3-", "1.2.3-a..b", "1.x"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        semver.key(text)
