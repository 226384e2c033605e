import sys
from datetime import datetime, timedelta

import pytest

from oakum.decisions import expressions
from oakum.flows.admit_workload import Door, admit_workload
from oakum.flows.kinds import CRITERIA
from oakum.model.policy import All, Check
from oakum.model.workload import ContainerSpec
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy, workload
from oakum.testing.report import finding
from oakum.testing.snapshots import OneSnapshot, SnapshotInMemory, StoppedClock

SEVERE = policy("severe", All((Check("severity", {"at_least": "high"}), Check("fixable"))), deploy="deny")
PRIVILEGED = policy("privileged", Check("privileged"), deploy="deny")
BAD = image(finding("CVE-1", installed("deb", "zlib1g", "1"), rating="critical", fixed=("2",)))
CRITERIA_LOADED = {name: CRITERIA.load(name) for name in CRITERIA.ids()}


def door(snapshot: SnapshotInMemory | None, now: datetime = NOW) -> Door:
    return Door(OneSnapshot(snapshot), CRITERIA_LOADED, StoppedClock(now))


GOOD_SPEC = ContainerSpec("web", "shop:1", "sha256:good", privileged=False)
KNOWN = SnapshotInMemory({"sha256:good": image(), "sha256:bad": BAD}, (SEVERE, PRIVILEGED), int(NOW.timestamp()))


def test_a_good_image_with_a_good_specification_runs() -> None:
    found = admit_workload(workload(GOOD_SPEC), door(KNOWN))
    assert found.admitted
    assert found.reason.startswith("passed (sha256:")
    assert found.snapshot == "sha256:1"


def test_one_bad_image_of_several_refuses_and_is_named() -> None:
    bad = ContainerSpec("log", "log:1", "sha256:bad", kind="init", privileged=False)
    found = admit_workload(workload(GOOD_SPEC, bad), door(KNOWN))
    assert found.outcome == "deny"
    assert found.reason.startswith("severe: title of severe: CVE-1 (critical) in zlib1g 1 (decision sha256:")


def test_a_bad_specification_refuses_a_good_image() -> None:
    pod = workload(ContainerSpec("web", "shop:1", "sha256:good", privileged=True))
    assert admit_workload(pod, door(KNOWN)).outcome == "deny"


def test_an_image_that_nobody_assessed_is_unknown_and_does_not_run() -> None:
    found = admit_workload(workload(ContainerSpec("web", "new:1", privileged=False)), door(KNOWN))
    assert (found.outcome, found.admitted) == ("unknown", False)
    assert "not known: vulnerabilities" in found.reason


def test_without_a_current_snapshot_nothing_runs() -> None:
    for closed in (door(None), door(KNOWN, NOW + timedelta(seconds=61))):
        found = admit_workload(workload(GOOD_SPEC), closed)
        assert (found.outcome, found.admitted) == ("unknown", False)
    assert admit_workload(workload(GOOD_SPEC), door(KNOWN, NOW + timedelta(seconds=60))).admitted


def test_a_gate_that_cannot_use_a_policy_refuses_and_says_which_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a newer Oakum, or one that needs the engine of expressions where that is not installed."""
    monkeypatch.setitem(sys.modules, "cel_expr_python", None)
    expressions._environment.cache_clear()  # noqa: SLF001 - as in a process that asked for none yet
    for check, said in (
        (Check("cel", {"expression": "true"}, "p.yaml:6:8"), "p.yaml:6:8: cel: the engine of CEL is not installed"),
        (Check("newer", {}, "p.yaml:6:8"), "p.yaml:6:8: no criterion is named 'newer'"),
    ):
        known = SnapshotInMemory({"sha256:good": image()}, (policy("p", check, deploy="warn"),), int(NOW.timestamp()))
        gate = door(known)
        gate.prepare()
        found = admit_workload(workload(GOOD_SPEC), gate)
        assert (found.admitted, found.snapshot) == (False, "sha256:1")
        assert said in found.reason
