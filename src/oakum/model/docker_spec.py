"""What a Docker engine's container is to run as, out of the engine's own words.

The engine's API has them in two forms, the request that creates a container and the answer that
describes one; the parts that matter here are the same in both. Keys are in lower case: Go reads
them in any case, so whoever decides on them must.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from oakum.model.workload import ContainerSpec, HostPath

Node = Mapping[str, Any]

_HOST: Final = {
    "networkmode": "network",
    "pidmode": "pid",
    "ipcmode": "ipc",
    "utsmode": "uts",
    "usernsmode": "user",
    "cgroupnsmode": "cgroup",
}
_LIMITS: Final = {"memory": ("memory",), "cpu": ("nanocpus", "cpuquota"), "pids": ("pidslimit",)}
_UNCONFINED: Final = "unconfined"


def docker_spec(spec: ContainerSpec, config: Node, host: Node) -> ContainerSpec:
    """A container with everything that its configuration says of it.

    Args:
        spec: name, image, user and what is known besides.
        config: the container's part (``Config``), keys in lower case.
        host: the host's part (``HostConfig``), keys in lower case.
    """
    options = [str(one) for one in _list(host, "securityopt")]
    health = _node(config, "healthcheck")
    return ContainerSpec(
        name=spec.name,
        image=spec.image,
        digest=spec.digest,
        kind=spec.kind,
        privileged=spec.privileged,
        user=spec.user,
        added=tuple(map(capability, _list(host, "capadd"))),
        dropped=tuple(map(capability, _list(host, "capdrop"))),
        escalation=not any(one.partition(":")[0].partition("=")[0] == "no-new-privileges" and
                           not one.endswith("false") for one in options),
        writable_root=host.get("readonlyrootfs") is not True,
        host=tuple(name for key, name in _HOST.items() if host.get(key) == "host"),
        host_paths=tuple(_host_paths(host)),
        host_ports=tuple(_host_ports(host)),
        profiles=_profiles(options),
        limits=tuple(name for name, keys in _LIMITS.items() if any(_positive(host.get(key)) for key in keys)),
        environment=tuple(str(one).partition("=")[0] for one in _list(config, "env")),
        probes=("health",) if [one for one in _list(health, "test") if one != "NONE"] else (),
        devices=tuple(str(one.get("pathonhost", "")) for one in _list(host, "devices") if isinstance(one, Mapping)),
        sysctls=tuple(_node(host, "sysctls")),
    )  # fmt: skip


def capability(name: object) -> str:
    """A capability's name as this model has it: ``SYS_ADMIN``."""
    return str(name).upper().removeprefix("CAP_")


def _host_paths(host: Node) -> Iterator[HostPath]:
    """Binds (``source:target:options``) and mounts of type ``bind``."""
    for bind in _list(host, "binds"):
        source, _, rest = str(bind).partition(":")
        target, _, options = rest.partition(":")
        if source.startswith("/"):
            yield HostPath(source, target, "ro" not in options.split(","))
    for mount in _list(host, "mounts"):
        if isinstance(mount, Mapping) and mount.get("type") == "bind":
            target = str(mount.get("target", ""))
            yield HostPath(str(mount.get("source", "")), target, mount.get("readonly") is not True)


def _host_ports(host: Node) -> Iterator[int]:
    for bindings in _node(host, "portbindings").values():
        for binding in bindings if isinstance(bindings, list) else ():
            port = binding.get("hostport") if isinstance(binding, Mapping) else None
            if isinstance(port, str) and port.isdecimal():
                yield int(port)


def _profiles(options: list[str]) -> dict[str, str]:
    """``seccomp=unconfined``, ``apparmor:name``, ``label=disable``; both marks are read by the engine."""
    found = {}
    for option in options:
        at = min((place for mark in "=:" if (place := option.find(mark)) >= 0), default=len(option))
        name, value = option[:at], option[at + 1 :]
        if name in {"seccomp", "apparmor"}:
            found[name] = value if len(value) < 100 and not value.startswith("{") else "custom"  # noqa: PLR2004 - a profile's text
        elif name == "label" and value == "disable":
            found["selinux"] = _UNCONFINED
    return found


def _list(node: Node, key: str) -> list[Any]:
    found = node.get(key)
    return found if isinstance(found, list) else []


def _node(node: Node, key: str) -> Node:
    found = node.get(key)
    return found if isinstance(found, Mapping) else {}


def _positive(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
