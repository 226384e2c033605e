from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.model.scheme import VersionError
from oakum.model.versions.apk import apk

ASCENDING = (
    "0", "0.1.0_alpha_pre2", "0.1.0_alpha", "0.1.0_alpha2", "0.1.0_beta", "0.1.0_pre1", "0.1.0_rc1", "0.1.0",
    "0.1.0-r0", "0.1.0-r10", "0.1.0_cvs1", "0.1.0_svn1", "0.1.0_git20240101", "0.1.0_hg1", "0.1.0_p9", "0.1.0_p10",
    "0.1.0_p10-r1", "0.1.0a", "0.1.0a-r1", "0.9.8l-r1", "0.9.8m-r0", "0.9.8.1", "1.01", "1.02", "1.1", "1.9.0-r0",
    "1.10.0-r0", "006", "20060512",
)  # fmt: skip
TEXTS = st.from_regex(
    r"[0-9]{1,2}(\.[0-9]{1,3}){0,2}[a-c]?(_(alpha|rc|git|p)[0-9]{0,2}){0,2}(~[0-9a-f]{1,3})?(-r[0-9]{1,2})?",
    fullmatch=True,
)


def test_orders_as_apk_tools_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert apk.compare(lower, higher) == -1, (lower, higher)


def test_a_leading_zero_counts_after_a_dot_only() -> None:
    assert apk.compare("013", "13") == 0
    assert apk.compare("1.013", "1.13") == -1
    assert apk.compare("1.010", "1.02") == -1


@pytest.mark.parametrize("text", ["", "1.0bc", "23_foo", "1-ruff", "1-r", "1..2", "a", "1.0A", "1.0-r1-r2", "1.0~xyz"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        apk.key(text)


@given(st.lists(TEXTS, min_size=2, max_size=6))
@settings(max_examples=150, deadline=None)
def test_a_component_more_never_moves_a_version_across_its_neighbour(texts: list[str]) -> None:
    ordered = sorted(texts, key=apk.key)
    for lower, higher in pairwise(ordered):
        if apk.compare(lower, higher) and "-r" not in lower:
            assert apk.compare(lower, lower + "-r1") == -1
            assert apk.compare(lower, higher) == -1
