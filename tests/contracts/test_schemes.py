"""What every version scheme holds, whatever its ecosystem."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.flows.kinds import SCHEMES, scheme_of
from oakum.model.scheme import Scheme, VersionError

GARBAGE = (
    "",
    " ",
    "\x00",
    "\x1b[31m1.0",
    "1.0\n",
    "1.0\u202e",
    "\u0661.\u0662",
    "1" * 1_000,
    "1" * 100_000,
    "1." * 500,
    "1-" * 500,
    "1-a" * 330,
    "-" * 1_000,
    "~" * 1_000,
    "1:" * 500,
    "_p" * 500,
    "1beta" + "1" * 900 + "x",
    "1.0-" + "a.0-" * 200 + "!",
    "2010" + "-01" * 300 + "x",
    "\ud800",
    "(devel)",
    "unknown",
    "0",
    "1.2.3",
)

VERSIONS = st.from_regex(
    r"[0-2](\.(0|01|1|10)){0,2}[ab]?([-._+~](rc1|rc\.1|alpha|beta2|r1|p1|sp|1|0|dev1)){0,2}", fullmatch=True
)


@pytest.fixture(params=SCHEMES.ids())
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return SCHEMES.load(request.param)


def test_says_what_it_is(scheme: Scheme) -> None:
    assert scheme.title.endswith(".")
    assert scheme.version >= 1
    assert scheme.ecosystems


@pytest.mark.parametrize("left", GARBAGE, ids=lambda text: ascii(text[:12]))
def test_takes_any_text_and_raises_only_its_own_error(scheme: Scheme, left: str) -> None:
    message = "no version"
    for right in GARBAGE:
        try:
            assert scheme.compare(left, right) == -scheme.compare(right, left)
        except VersionError as error:
            message = str(error)
    assert message.isprintable()
    assert len(message) < 1_000


def test_gives_the_same_key_each_time_and_bytes_where_it_says_so(scheme: Scheme) -> None:
    for version in ("0", "1", "1.2.3", "1.10"):
        assert scheme.key(version) == scheme.key(version)
        assert isinstance(scheme.key(version), bytes) is scheme.memcmp
    assert scheme.compare("0", "1.2.3") == -1
    assert scheme.compare("1.9", "1.10") == -1


def test_refuses_what_passes_the_limit_of_a_field(scheme: Scheme) -> None:
    with pytest.raises(VersionError):
        scheme.key("1" * 1_001)


def test_is_in_the_index_as_it_is(scheme: Scheme) -> None:
    assert SCHEMES.index()[scheme.id] == {
        "title": scheme.title,
        "version": scheme.version,
        "ecosystems": list(scheme.ecosystems),
        "memcmp": scheme.memcmp,
    }


def test_each_ecosystem_has_one_scheme() -> None:
    claims = Counter(name for id_ in SCHEMES.ids() for name in SCHEMES.load(id_).ecosystems)
    assert set(claims.values()) == {1}
    assert all(scheme_of(f"{name}:1") is not None for name in claims)


NOT_TRANSITIVE = {"alpm", "conan", "maven"}
"""Their tools' own orders are none everywhere: two sides hold, three versions may run in a circle."""


@pytest.mark.parametrize("id_", SCHEMES.ids())
@given(texts=st.lists(VERSIONS, min_size=6, max_size=6))
@settings(max_examples=50, deadline=None)
def test_is_an_order(id_: str, texts: list[str]) -> None:
    scheme = SCHEMES.load(id_)
    versions = [text for text in texts if _is_version(scheme, text)]
    for a, b, c in permutations(versions, 3):
        assert scheme.compare(a, a) == 0
        assert scheme.compare(a, b) == -scheme.compare(b, a)
        if id_ not in NOT_TRANSITIVE and scheme.compare(a, b) <= 0 and scheme.compare(b, c) <= 0:
            assert scheme.compare(a, c) <= 0, (a, b, c)


def _is_version(scheme: Scheme, text: str) -> bool:
    try:
        scheme.key(text)
    except VersionError:
        return False
    return True
