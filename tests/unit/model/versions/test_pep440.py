import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import Version

from oakum.model.scheme import VersionError
from oakum.model.versions.pep440 import pep440

TEXTS = st.from_regex(
    r"([0-2]!)?[0-9]{1,2}(\.(0|1|10|300)){0,3}((a|b|rc)[0-9]{1,2})?(\.post[0-9])?(\.dev[0-9])?(\+(a|ab|1|10)(\.(a|ab|1|10)){0,2})?",
    fullmatch=True,
)


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_agrees_with_packaging(left: str, right: str) -> None:
    a, b = Version(left), Version(right)
    assert pep440.compare(left, right) == (a > b) - (a < b)


@pytest.mark.parametrize(
    "pair", ["1.0 1", "1.0.0 1.0", "0 0.0", "01.2 1.2", "1.0-1 1.0.post1", "v1.0 1", "1.0alpha1 1a1"]
)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert pep440.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "2004d", "1.0-beta-x", "latest", "1.0+"])
def test_refuses_what_pep_440_refuses(text: str) -> None:
    with pytest.raises(VersionError):
        pep440.key(text)
