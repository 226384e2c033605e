"""The containers of a pod's specification, each with everything that it says of how it is to run.

Whatever list a container stands in, it is read alike: one that moves from ``containers`` to
``initContainers`` or ``ephemeralContainers`` is judged the same.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from oakum.model.docker_spec import capability
from oakum.model.workload import ContainerSpec, HostPath

Node = dict[str, Any]
Digest = Callable[[str], str]
"""Image reference -> digest or id that it means, or empty."""

_LISTS: Final = (("containers", "container"), ("initContainers", "init"), ("ephemeralContainers", "ephemeral"))
_HOST: Final = {"hostNetwork": "network", "hostPID": "pid", "hostIPC": "ipc"}
_PROBES: Final = {"livenessProbe": "liveness", "readinessProbe": "readiness", "startupProbe": "startup"}
_PROFILES: Final = {"seccompProfile": "seccomp", "appArmorProfile": "apparmor"}
_WORDS: Final = {"Unconfined": "unconfined", "RuntimeDefault": "runtime/default", "Localhost": "localhost"}


class UnreadableError(Exception):
    """An object of a kind that makes pods, whose pods cannot be found."""


def pod_containers(spec: Node, digest: Digest) -> Iterator[ContainerSpec]:
    """Every container of a pod.

    Raises:
        UnreadableError: a list of containers is none, or one of them names no image.
    """
    for key, kind in _LISTS:
        listed = spec.get(key) or []
        if not isinstance(listed, list):
            raise UnreadableError(f"{key} is no list")
        for one in listed:
            if not isinstance(one, dict) or not isinstance(one.get("image"), str):
                raise UnreadableError(f"a part of {key} names no image")
            yield _container(one, spec, kind, digest)


def token_mounted(spec: Node) -> bool:
    """Whether a token of the service account lies in the containers: unless the pod says no."""
    return spec.get("automountServiceAccountToken") is not False


def _container(one: Node, pod: Node, kind: str, digest: Digest) -> ContainerSpec:
    image = one["image"]
    own, shared = _node(one, "securityContext"), _node(pod, "securityContext")
    capabilities = _node(own, "capabilities")
    privileged = own.get("privileged") is True or _node(own, "windowsOptions").get("hostProcess") is True
    return ContainerSpec(
        name=_text(one, "name"),
        image=image,
        digest=image.partition("@")[2] or digest(image),
        kind=kind,
        privileged=privileged,
        user=_user(own) or _user(shared),
        not_root=own.get("runAsNonRoot", shared.get("runAsNonRoot")) is True,
        added=tuple(map(capability, _list(capabilities, "add"))),
        dropped=tuple(map(capability, _list(capabilities, "drop"))),
        escalation=privileged or own.get("allowPrivilegeEscalation") is not False,
        writable_root=own.get("readOnlyRootFilesystem") is not True,
        host=tuple(name for key, name in _HOST.items() if pod.get(key) is True),
        host_paths=tuple(_host_paths(one, pod)),
        host_ports=tuple(_host_ports(one)),
        profiles=_profiles(own, shared),
        limits=tuple(_node(_node(one, "resources"), "limits")),
        environment=tuple(_environment(one)),
        probes=tuple(name for key, name in _PROBES.items() if _node(one, key)),
        devices=tuple(_text(device, "devicePath") for device in _nodes(one, "volumeDevices")),
        sysctls=tuple(_text(sysctl, "name") for sysctl in _nodes(shared, "sysctls")),
    )


def _user(security: Node) -> str:
    user = security.get("runAsUser")
    return str(user) if isinstance(user, int) and not isinstance(user, bool) else ""


def _host_paths(one: Node, pod: Node) -> Iterator[HostPath]:
    """The host's paths among the volumes that the container mounts."""
    paths = {
        _text(volume, "name"): _text(volume["hostPath"], "path")
        for volume in _nodes(pod, "volumes")
        if isinstance(volume.get("hostPath"), dict)
    }
    for mount in _nodes(one, "volumeMounts"):
        path = paths.get(_text(mount, "name"))
        if path is not None:
            yield HostPath(path, _text(mount, "mountPath"), mount.get("readOnly") is not True)


def _host_ports(one: Node) -> Iterator[int]:
    for port in _nodes(one, "ports"):
        number = port.get("hostPort")
        if isinstance(number, int) and number > 0:
            yield number


def _profiles(own: Node, shared: Node) -> dict[str, str]:
    """The container's own profile, else the pod's (Kubernetes, "Set the Seccomp Profile for a Container")."""
    found = {}
    for key, name in _PROFILES.items():
        kind = _text(_node(own, key) or _node(shared, key), "type")
        if kind:
            found[name] = _WORDS.get(kind, kind.lower())
    selinux = _text(_node(own, "seLinuxOptions") or _node(shared, "seLinuxOptions"), "type")
    return {**found, "selinux": selinux} if selinux else found


def _environment(one: Node) -> Iterator[str]:
    yield from (_text(variable, "name") for variable in _nodes(one, "env"))
    if _list(one, "envFrom"):
        yield "*"


def _list(node: Node, key: str) -> list[Any]:
    found = node.get(key)
    return found if isinstance(found, list) else []


def _nodes(node: Node, key: str) -> list[Node]:
    return [one for one in _list(node, key) if isinstance(one, dict)]


def _node(node: Node, key: str) -> Node:
    found = node.get(key)
    return found if isinstance(found, dict) else {}


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return found if isinstance(found, str) else ""
