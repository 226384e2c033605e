"""Criteria that say that they ask of the image alone look at nothing else, so that their answers may be kept."""

from datetime import UTC, datetime
from typing import Any

import pytest

from oakum.apps.policy_files import builtin_names, policy_files
from oakum.decisions.conditions import checked, leaves
from oakum.decisions.criterion import SUBJECT
from oakum.flows.kinds import CRITERIA
from oakum.flows.read_policies import read_policies
from oakum.model.policy import Check
from oakum.model.subject import Subject
from oakum.testing.inventory import installed
from oakum.testing.policies import image
from oakum.testing.report import finding

LOADED = {name: CRITERIA.load(name) for name in CRITERIA.ids()}
OTHERS = frozenset({"stage", "workload", "changes", "placement"})
ASKED = {
    leaf.criterion: leaf
    for policy in read_policies(policy_files(builtin_names()))
    for leaf in leaves(policy.when)
    if LOADED[leaf.criterion].level == SUBJECT
}
NOW = datetime(2026, 11, 1, tzinfo=UTC)


class Watched:
    """A subject that notes which of its parts are looked at."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.seen: set[str] = set()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any part
        self.seen.add(name)
        return getattr(self._subject, name)


def seen(check: Check) -> set[str]:
    criterion = LOADED[check.criterion]
    asked = checked(check, LOADED)
    test = criterion.make(asked, NOW) if criterion.timed else criterion.make(asked)
    looked = set()
    for subject in (image(finding("CVE-2026-1", installed("deb", "zlib1g", "1"))), Subject("build")):
        watched = Watched(subject)
        test(watched)  # type: ignore[arg-type] # it has every part
        looked |= watched.seen
    return looked


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_criterion_of_the_image_looks_at_nothing_else(name: str) -> None:
    looked = seen(ASKED[name])
    assert looked
    if LOADED[name].of_image:
        assert looked & OTHERS == set()
    else:
        assert looked & OTHERS or name == "cel", "it could be of the image: then admissions ask it once"
