import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.flows.pod_containers import Node, UnreadableError, pod_containers, token_mounted
from oakum.model.workload import HostPath

LISTS = ("containers", "initContainers", "ephemeralContainers")
HARDENED: Node = {
    "name": "web",
    "image": "web@sha256:1",
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "runAsUser": 1000,
        "capabilities": {"drop": ["all"], "add": ["cap_net_bind_service"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    },
    "resources": {"limits": {"memory": "1Gi"}},
    "livenessProbe": {"httpGet": {"port": 1}},
    "env": [{"name": "A", "value": "secret"}],
    "envFrom": [{"secretRef": {"name": "x"}}],
    "ports": [{"containerPort": 80, "hostPort": 8080}, {"containerPort": 81}],
    "volumeMounts": [{"name": "run", "mountPath": "/r", "readOnly": True}, {"name": "data", "mountPath": "/d"}],
    "volumeDevices": [{"name": "d", "devicePath": "/dev/xvda"}],
}
POD: Node = {
    "hostNetwork": True,
    "hostPID": False,
    "volumes": [{"name": "run", "hostPath": {"path": "/run"}}, {"name": "data", "emptyDir": {}}],
    "securityContext": {"sysctls": [{"name": "kernel.shm_rmid_forced", "value": "1"}], "runAsUser": 7},
}


def test_everything_that_is_said_is_read() -> None:
    (found,) = pod_containers({**POD, "containers": [HARDENED]}, lambda _: "")
    assert (found.digest, found.user, found.not_root, found.privileged) == ("sha256:1", "1000", True, False)
    assert (found.added, found.dropped, found.escalation) == (("NET_BIND_SERVICE",), ("ALL",), False)
    assert (found.writable_root, found.host, found.host_ports) == (False, ("network",), (8080,))
    assert found.host_paths == (HostPath("/run", "/r", writable=False),)
    assert (found.profiles, found.limits, found.probes) == (
        {"seccomp": "runtime/default"},
        ("memory",),
        ("liveness",),
    )
    assert (found.environment, found.devices, found.sysctls) == (
        ("A", "*"),
        ("/dev/xvda",),
        ("kernel.shm_rmid_forced",),
    )


def test_what_is_not_said_is_what_the_platform_does_then() -> None:
    pod = {"securityContext": {"seccompProfile": {"type": "Unconfined"}, "runAsUser": 7}}
    (found,) = pod_containers({**pod, "containers": [{"image": "x"}]}, lambda name: f"id of {name}")
    assert (found.digest, found.user, found.escalation, found.writable_root) == ("id of x", "7", True, True)
    assert (found.profiles, found.added, found.limits) == ({"seccomp": "unconfined"}, (), ())


@given(st.sampled_from(LISTS), st.sampled_from(LISTS), st.booleans())
def test_the_list_changes_nothing_but_the_kind(here: str, there: str, privileged: bool) -> None:  # noqa: FBT001
    container = {**HARDENED, "securityContext": {"privileged": privileged}}
    (first,) = pod_containers({**POD, here: [container]}, lambda _: "")
    (second,) = pod_containers({**POD, there: [container]}, lambda _: "")
    assert first == replace(second, kind=first.kind)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*HARDENED, *POD, "type", "add"]), inner)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from([*HARDENED]), JSON), st.dictionaries(st.sampled_from([*POD]), JSON))
def test_a_strange_specification_is_read_as_far_as_it_goes(container: Node, pod: Node) -> None:
    (found,) = pod_containers({**pod, "containers": [{**container, "image": "x"}]}, lambda _: "")
    assert found.image == "x"


def test_a_container_without_an_image_cannot_be_read() -> None:
    for containers in ([{"name": "x"}], ["x"], {"image": "x"}):
        with pytest.raises(UnreadableError):
            list(pod_containers({"containers": containers}, lambda _: ""))


def test_a_token_is_mounted_unless_the_pod_says_no() -> None:
    assert token_mounted({})
    assert not token_mounted({"automountServiceAccountToken": False})
