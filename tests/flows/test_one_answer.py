"""One policy, one pure function: every door gives the same answer to the same question."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from oakum.flows.admit_workload import Door, admit_workload
from oakum.flows.authorize_docker import authorize_docker
from oakum.flows.kinds import CRITERIA
from oakum.flows.review_admission import review_admission
from oakum.model.docker_request import DockerRequest
from oakum.model.policy import All, Check, Not, Policy, Some
from oakum.model.workload import ContainerSpec, Workload
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy
from oakum.testing.report import finding
from oakum.testing.snapshots import OneSnapshot, SnapshotInMemory, StoppedClock

RATINGS = ("critical", "high", "medium", "low", "unscored")
SUBJECTS = {
    f"sha256:{number}": image(
        *(finding(f"CVE-{number}", installed("deb", "zlib1g", "1"), rating=rating, fixed=fixed),), user=user
    )
    for number, (rating, fixed, user) in enumerate(
        (rating, fixed, user) for rating in RATINGS for fixed in ((), ("2",)) for user in ("", "1000")
    )
}
CHECKS = st.sampled_from(
    [
        Check("severity", {"at_least": "high"}),
        Check("fixable"),
        Check("privileged"),
        Check("runs_as_root"),
        Check("package", {"name": "zlib*"}),
        Check("exploited"),
    ]
)
CONDITIONS = st.one_of(
    CHECKS,
    CHECKS.map(Not),
    st.lists(CHECKS, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
    st.lists(CHECKS, min_size=2, max_size=3).map(lambda parts: Some(tuple(parts))),
)
POLICIES = st.builds(
    lambda when, unknown, action: policy("p", when, unknown=unknown, deploy=action),
    CONDITIONS,
    st.sampled_from(["deny", "warn", "allow"]),
    st.sampled_from(["deny", "warn"]),
)
LOADED = {name: CRITERIA.load(name) for name in CRITERIA.ids()}


class Objects(Struct):
    """An engine whose images are named by their ids."""

    spec: ContainerSpec

    def image_id(self, name: str) -> str:
        return name

    def container(self, name: str) -> ContainerSpec | None:
        del name
        return self.spec

    def exec_privileged(self, id_: str) -> tuple[str, bool] | None:
        del id_
        return None


def by_docker(door: Door, spec: ContainerSpec, *, start: bool) -> bool:
    body: dict[str, Any] = {"Image": spec.digest, "User": spec.user, "HostConfig": {"Privileged": spec.privileged}}
    uri = "/containers/x/start" if start else "/containers/create"
    data = b"" if start else json.dumps(body).encode()
    return authorize_docker(DockerRequest(verb="POST", uri=uri, body=data), door, Objects(spec)).allow


def by_kubernetes(door: Door, spec: ContainerSpec) -> bool:
    security: dict[str, Any] = {"privileged": spec.privileged}
    security |= {"runAsUser": int(spec.user)} if spec.user else {}
    container = {"name": "web", "image": f"shop@{spec.digest}", "securityContext": security}
    request = {
        "uid": "u",
        "kind": {"kind": "Pod"},
        "operation": "CREATE",
        "object": {"spec": {"containers": [container]}},
    }
    answer = json.loads(review_admission(json.dumps({"request": request}).encode(), door))
    return bool(answer["response"]["allowed"])


@settings(max_examples=200)
@given(
    asked=POLICIES,
    digest=st.sampled_from([*SUBJECTS, "sha256:unknown"]),
    privileged=st.booleans(),
    user=st.sampled_from(["", "0", "1000"]),
)
def test_every_door_gives_the_same_answer(asked: Policy, digest: str, user: str, *, privileged: bool) -> None:
    snapshot = SnapshotInMemory(SUBJECTS, (asked,), int(NOW.timestamp()))
    door = Door(OneSnapshot(snapshot), LOADED, StoppedClock(NOW))
    spec = ContainerSpec("web", "shop", digest, privileged=privileged, user=user)
    admitted = admit_workload(Workload("test", "x", containers=(spec,)), door).admitted
    answers = {by_docker(door, spec, start=False), by_docker(door, spec, start=True), by_kubernetes(door, spec)}
    assert answers == {admitted}
