import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.flows.admit_workload import Door
from oakum.flows.kinds import CRITERIA
from oakum.flows.review_admission import review_admission
from oakum.kit.decoding import UNDECODABLE
from oakum.model.policy import All, Check
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy
from oakum.testing.report import finding
from oakum.testing.snapshots import OneSnapshot, SnapshotInMemory, StoppedClock

SEVERE = policy("severe", All((Check("severity", {"at_least": "high"}), Check("fixable"))), deploy="deny")
PRIVILEGED = policy("privileged", Check("privileged"), deploy="deny")
ROOT = policy("root", Check("runs_as_root"), deploy="warn")
BAD = image(finding("CVE-1", installed("deb", "zlib1g", "1"), rating="critical", fixed=("2",)))
KNOWN = SnapshotInMemory(
    {"sha256:good": image(), "sha256:bad": BAD},
    (SEVERE, PRIVILEGED, ROOT),
    int(NOW.timestamp()),
    names={"shop:1": "sha256:good"},
)
DOOR = Door(OneSnapshot(KNOWN), {name: CRITERIA.load(name) for name in CRITERIA.ids()}, StoppedClock(NOW))
GOOD = {"name": "web", "image": "shop@sha256:good"}


def reviewed(spec: Any, kind: str = "Pod", operation: str = "CREATE", door: Door = DOOR) -> dict[str, Any]:  # noqa: ANN401
    wrapped = {"spec": spec}
    for key in {"Pod": (), "CronJob": ("template", "spec", "jobTemplate", "spec")}.get(kind, ("template", "spec")):
        wrapped = {key: wrapped}
    request = {
        "uid": "u1",
        "kind": {"group": "", "version": "v1", "kind": kind},
        "operation": operation,
        "name": "shop",
        "namespace": "default",
        "userInfo": {"username": "alice"},
        "object": wrapped,
    }
    document = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
    answer = json.loads(review_admission(json.dumps(document).encode(), door))
    assert (answer["kind"], answer["apiVersion"], answer["response"]["uid"]) == (
        "AdmissionReview",
        "admission.k8s.io/v1",
        "u1",
    )
    return dict(answer["response"])


def test_a_good_pod_is_admitted_and_the_decision_is_noted() -> None:
    found = reviewed({"containers": [GOOD]})
    assert found["allowed"]
    assert found["auditAnnotations"]["decision"].startswith("sha256:")


@pytest.mark.parametrize(
    "kind",
    ["Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicationController"],
)
@pytest.mark.parametrize("listed", ["containers", "initContainers", "ephemeralContainers"])
def test_every_kind_and_every_list_is_looked_at(kind: str, listed: str) -> None:
    spec = {"containers": [GOOD], listed: [{"name": "x", "image": "evil@sha256:bad"}]}
    found = reviewed(spec, kind)
    assert not found["allowed"]
    assert found["status"]["code"] == 403
    assert "severe: title of severe: CVE-1" in found["status"]["message"]


def test_a_tag_means_what_it_meant_when_the_snapshot_was_made_and_another_is_unknown() -> None:
    assert reviewed({"containers": [{"name": "web", "image": "shop:1"}]})["allowed"]
    found = reviewed({"containers": [{"name": "web", "image": "shop:2"}]})
    assert not found["allowed"]
    assert "not known" in found["status"]["message"]


def test_privileged_is_refused_and_root_is_a_warning() -> None:
    privileged = {**GOOD, "securityContext": {"privileged": True}}
    assert "privileged: " in reviewed({"containers": [privileged]})["status"]["message"]
    root = {"containers": [GOOD], "securityContext": {"runAsUser": 0}}
    found = reviewed(root)
    assert found["allowed"]
    assert found["warnings"][0].startswith("oakum: root: ")
    own = {"containers": [{**GOOD, "securityContext": {"runAsUser": 1000}}], "securityContext": {"runAsUser": 0}}
    assert "warnings" not in reviewed(own)


@pytest.mark.parametrize(("kind", "operation"), [("Pod", "DELETE"), ("Pod", "CONNECT"), ("ConfigMap", "CREATE")])
def test_what_starts_nothing_is_admitted(kind: str, operation: str) -> None:
    assert reviewed({"containers": [{"name": "x", "image": "evil@sha256:bad"}]}, kind, operation)["allowed"]


@pytest.mark.parametrize(
    "spec",
    [
        None,
        [],
        {},
        {"containers": []},
        {"containers": "x"},
        {"containers": [{"name": "x"}]},
        {"containers": [{"image": 7}]},
        {"containers": ["x"]},
    ],
)
def test_a_pod_that_cannot_be_read_is_refused(spec: Any) -> None:  # noqa: ANN401 - any JSON
    found = reviewed(spec)
    assert not found["allowed"]
    assert "cannot be read" in found["status"]["message"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"request": {}}', b'{"request": {"uid": 7}}', b"\xff"])
def test_what_is_no_review_is_an_error(body: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        review_admission(body, DOOR)


@pytest.mark.parametrize("spec", [b'{"containers": [{"image": "\xff"}]}', b"[" * 100_000])
def test_an_object_that_nobody_can_decode_is_refused_or_an_error(spec: bytes) -> None:
    body = (
        b'{"request": {"uid": "u", "kind": {"kind": "Pod"}, "operation": "CREATE", "object": {"spec": ' + spec + b"}}}"
    )
    try:
        answer = json.loads(review_admission(body, DOOR))
    except UNDECODABLE:  # the API server's failure policy decides
        return
    assert not answer["response"]["allowed"]


KEYS = st.sampled_from(["containers", "image", "name", "securityContext", "privileged"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_any_pod_gets_an_answer(spec: Any) -> None:  # noqa: ANN401 - any JSON
    assert isinstance(reviewed(spec)["allowed"], bool)
