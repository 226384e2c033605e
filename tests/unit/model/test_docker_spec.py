from typing import Any

import pytest

from oakum.model.docker_spec import docker_spec
from oakum.model.workload import ContainerSpec, HostPath

BARE = ContainerSpec("web", "web:1")


def of(host: dict[str, Any], config: dict[str, Any] | None = None) -> ContainerSpec:
    return docker_spec(BARE, config or {}, host)


def test_nothing_said_is_what_the_engine_does_then() -> None:
    found = of({})
    assert (found.escalation, found.writable_root, found.added, found.host, found.host_paths) == (
        True,
        True,
        (),
        (),
        (),
    )
    assert (found.limits, found.probes, found.profiles, found.devices, found.sysctls) == ((), (), {}, (), ())


def test_binds_and_mounts_of_the_host_are_its_paths_and_volumes_are_not() -> None:
    found = of(
        {
            "binds": ["/run/docker.sock:/s", "/etc:/e:ro,z", "data:/d"],
            "mounts": [
                {"type": "bind", "source": "/m", "target": "/t", "readonly": True},
                {"type": "volume", "source": "v"},
            ],
        }
    )
    assert found.host_paths == (
        HostPath("/run/docker.sock", "/s"),
        HostPath("/etc", "/e", writable=False),
        HostPath("/m", "/t", writable=False),
    )


@pytest.mark.parametrize(
    ("options", "escalation"),
    [
        (["no-new-privileges"], False),
        (["no-new-privileges:true"], False),
        (["no-new-privileges=true"], False),
        (["no-new-privileges:false"], True),
        (["seccomp=unconfined"], True),
    ],
)
def test_no_new_privileges_in_all_its_spellings(options: list[str], *, escalation: bool) -> None:
    assert of({"securityopt": options}).escalation is escalation


def test_profiles_have_two_spellings_and_a_whole_profile_is_one_of_its_own() -> None:
    options = ["seccomp:unconfined", "apparmor=mine", "label=disable"]
    assert of({"securityopt": options}).profiles == {
        "seccomp": "unconfined",
        "apparmor": "mine",
        "selinux": "unconfined",
    }
    assert of({"securityopt": ['seccomp={"defaultAction":"x"}']}).profiles == {"seccomp": "custom"}


def test_the_rest() -> None:
    found = of(
        {
            "capadd": ["cap_sys_admin", "NET_RAW"],
            "capdrop": ["all"],
            "readonlyrootfs": True,
            "networkmode": "host",
            "pidmode": "container:x",
            "portbindings": {"80/tcp": [{"hostport": "8080"}, {"hostport": ""}], "81/tcp": None},
            "memory": 1,
            "nanocpus": 0,
            "pidslimit": -1,
            "devices": [{"pathonhost": "/dev/kvm"}, "x"],
            "sysctls": {"kernel.msgmax": "1"},
        },
        {"env": ["A=secret", "B"], "healthcheck": {"test": ["CMD", "x"]}},
    )
    assert (found.added, found.dropped, found.writable_root) == (("SYS_ADMIN", "NET_RAW"), ("ALL",), False)
    assert (found.host, found.host_ports, found.limits) == (("network",), (8080,), ("memory",))
    assert (found.devices, found.sysctls) == (("/dev/kvm",), ("kernel.msgmax",))
    assert (found.environment, found.probes) == (("A", "B"), ("health",))


def test_what_has_another_shape_says_nothing() -> None:
    found = of({"binds": "x", "capadd": {"a": 1}, "portbindings": [1], "sysctls": 1, "memory": True, "mounts": [1]})
    assert (found.host_paths, found.added, found.host_ports, found.sysctls, found.limits) == ((), (), (), (), ())
