"""What every matcher promises: it answers about any package, in the same way each time, and asks nothing outside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.flows.kinds import MATCHERS
from oakum.model import gaps
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Distribution, Gap
from oakum.model.finding import Suppressed
from oakum.testing.inventory import BOOKWORM, installed

_TRICKY = ["", ":", "a:b", "stdlib", "go1.2", "v1.0.0", "\x1b[0m", "\u202e"]
_TEXT = st.one_of(st.text(max_size=20), st.sampled_from(_TRICKY))
_NAMES = st.sampled_from(["debian", "ubuntu", "alpine", "wolfi", "x"])
_DISTRIBUTIONS = st.one_of(
    st.none(),
    st.just(BOOKWORM),
    st.builds(Distribution, _NAMES, _TEXT, _TEXT, st.just("etc/os-release")),
)


@pytest.mark.parametrize("matcher_id", MATCHERS.ids())
def test_it_says_what_it_is_for(matcher_id: str) -> None:
    matcher = MATCHERS.load(matcher_id)
    assert matcher.id == matcher_id
    assert matcher.title.endswith(".")
    assert matcher.version >= 1
    assert matcher.types


@pytest.mark.parametrize("matcher_id", MATCHERS.ids())
@settings(max_examples=60)
@given(name=_TEXT, version=_TEXT, owned=st.booleans(), distribution=_DISTRIBUTIONS, index=st.integers(0, 9))
def test_any_package_has_an_answer(
    *, matcher_id: str, name: str, version: str, owned: bool, distribution: Distribution | None, index: int
) -> None:
    matcher = MATCHERS.load(matcher_id)
    owner = "pkg:deb/debian/x@1" if owned else ""
    package = installed(matcher.types[index % len(matcher.types)], name, version, owner=owner)
    answers = list(matcher.ask(package, distribution))
    assert answers == list(matcher.ask(package, distribution))
    for answer in answers:
        assert isinstance(answer, AdvisoryKey | Suppressed | Gap)
        if isinstance(answer, Gap):
            assert answer.kind in gaps.KINDS


def test_no_two_matchers_answer_for_one_type() -> None:
    types = [purl_type for matcher_id in MATCHERS.ids() for purl_type in MATCHERS.load(matcher_id).types]
    assert len(types) == len(set(types))
