import shutil
import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.model.scheme import VersionError
from oakum.model.versions.deb import deb

ASCENDING = (
    "0~~", "0~~a", "0~", "0", "0.0~rc1", "0.0a", "1.0~beta1~svn1245", "1.0~beta1", "1.0", "1.0-1~bpo12+1", "1.0-1",
    "1.0-1+b1", "1.0-1.1", "1.0+dfsg-1", "1.0.1", "1.2", "1.10", "2.36-9+deb12u4", "2.36-9+deb12u10", "1:0", "2:0.1",
)  # fmt: skip
TEXTS = st.from_regex(r"([0-9]{1,2}:)?[0-9][0-9a-zA-Z.+~]{0,6}(-[0-9a-z+.~]{1,4})?", fullmatch=True)


def test_orders_as_the_manual_says() -> None:
    for lower, higher in pairwise(ASCENDING):
        assert deb.compare(lower, higher) == -1, (lower, higher)


@pytest.mark.parametrize("pair", ["1.0 1.0-0", "0:1 1", "1.0 01.00", "1a 1a0", "1.0- 1.0"])
def test_what_counts_for_nothing(pair: str) -> None:
    left, right = pair.split()
    if left.endswith("-"):
        with pytest.raises(VersionError):
            deb.key(left)
    else:
        assert deb.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "a:1", "1:", "-1", "1_2", "1 2", "1.0-", "\u0661"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        deb.key(text)


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="dpkg is not on PATH")
@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_agrees_with_dpkg(left: str, right: str) -> None:
    relation = {-1: "lt", 0: "eq", 1: "gt"}[deb.compare(left, right)]
    assert subprocess.run(["dpkg", "--compare-versions", left, relation, right], check=False).returncode == 0
