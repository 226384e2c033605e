import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.model.scheme import VersionError
from oakum.model.versions.maven import maven

LESS = (
    "1 2", "1.5 2", "1.9 1.10", "1.0-alpha-1 1.0", "1.0-alpha-1 1.0-beta-1", "1.0-beta-1 1.0-rc1",
    "1.0-rc1 1.0-SNAPSHOT", "1.0-SNAPSHOT 1.0", "1.0 1.0-sp", "1.0-sp 1.0-xyz", "1.0 1.0-1", "1.0-1 1.0.1",
    "2.0.1-klm 2.0.1-lmn", "2.0.1-xyz 2.0.1-123", "6.1.0rc3 6.1.0", "6.1.0 6.1H.5-beta", "1.0.0.RC1 1.0.0-RC2",
    "4.1.93.Final 4.1.94.Final",
    "31.0-android 31.1-jre", "1-ga-1 1-1", "1-sp-1 1-1", "2.9.10 2.9.10.8", "123456789012345.1 12345678901234567890.1",
)  # fmt: skip
SAME = (
    "1 1.0.0", "1 1.ga", "1 1-0", "1 1.", "1a 1.0.0-a", "1cr 1rc", "1a1 1-alpha-1", "1m3 1Milestone3", "1x 1.0-X",
    "1-foo 1.0.0-foo.0.0", "1 1.0.0-0.0.0", "5.3.27.RELEASE 5.3.27", "1 01", "baz-0 baz", "1-rc0 1-rc",
)  # fmt: skip
TEXTS = st.from_regex(r"[0-9](\.(0|1|10|a|rc|ga)){0,2}(-(alpha|b1|rc|1|ga|x)){0,2}", fullmatch=True)


@pytest.mark.parametrize("pair", LESS)
def test_less(pair: str) -> None:
    left, right = pair.split()
    assert maven.compare(left, right) == -1
    assert maven.compare(right, left) == 1


@pytest.mark.parametrize("pair", SAME)
def test_same(pair: str) -> None:
    left, right = pair.split()
    assert maven.compare(left, right) == 0


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_order_has_two_sides(left: str, right: str) -> None:
    assert maven.compare(left, right) == -maven.compare(right, left)
    assert maven.compare(left, left) == 0


@pytest.mark.parametrize("text", ["", "1 0", "${project.version}\n", "\u0661"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        maven.key(text)
