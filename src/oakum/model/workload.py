"""A workload: the containers that are to run together, as their specification says.

A field that is None was not seen by whoever asks, which is not the same as empty.
"""

from msgspec import Struct


class HostPath(Struct, frozen=True):
    """A path of the host that a container sees.

    Attributes:
        path: on the host.
        target: in the container.
        writable: the container may change it.
    """

    path: str
    target: str = ""
    writable: bool = True


class ContainerSpec(Struct, frozen=True):
    """One container of a workload.

    Attributes:
        name: within the workload; for a plain container its own name, or empty.
        image: reference as the specification has it.
        digest: image digest or id that the reference was resolved to, or empty.
        kind: ``container``, ``init`` or ``ephemeral``.
        privileged: has every capability and every device of the host; None where nobody knows.
        user: ``uid``, ``name`` or ``uid:gid`` that the specification asks for; empty: the image's own.
        not_root: the platform refuses to start it as root (``runAsNonRoot``).
        added: capabilities that it gets besides the runtime's own, without ``CAP_``, in upper case; ``ALL``.
        dropped: capabilities that are taken from it.
        escalation: a process in it may get more rights than its parent (no ``no_new_privs``).
        writable_root: its root file system may be written.
        host: namespaces of the host that it shares: ``network``, ``pid``, ``ipc``, ``uts``, ``user``, ``cgroup``.
        host_paths: paths of the host that it sees.
        host_ports: ports of the host that it takes.
        profiles: ``seccomp``, ``apparmor``, ``selinux`` -> what is asked for, ``unconfined``; none: the platform's own.
        limits: resources whose use is limited: ``memory``, ``cpu``, ``pids``.
        environment: names of environment variables; ``*`` where others come from a place that was not seen.
        probes: ``liveness``, ``readiness``, ``startup``, ``health``.
        devices: of the host.
        sysctls: kernel parameters that it sets.
    """

    name: str
    image: str
    digest: str = ""
    kind: str = "container"
    privileged: bool | None = None
    user: str = ""
    not_root: bool = False
    added: tuple[str, ...] | None = None
    dropped: tuple[str, ...] | None = None
    escalation: bool | None = None
    writable_root: bool | None = None
    host: tuple[str, ...] | None = None
    host_paths: tuple[HostPath, ...] | None = None
    host_ports: tuple[int, ...] | None = None
    profiles: dict[str, str] | None = None
    limits: tuple[str, ...] | None = None
    environment: tuple[str, ...] | None = None
    probes: tuple[str, ...] | None = None
    devices: tuple[str, ...] | None = None
    sysctls: tuple[str, ...] | None = None


class Workload(Struct, frozen=True):
    """What is to run, and where.

    Attributes:
        kind: ``docker`` or the Kubernetes kind, e.g. ``Pod``.
        name: of the workload.
        namespace: Kubernetes namespace, or empty.
        containers: every one, init and ephemeral ones included.
        asked_by: who asks for it, where that is known.
        account: Kubernetes service account that it runs as; empty where it has none.
        token: a token of that account lies in its containers.
    """

    kind: str
    name: str
    namespace: str = ""
    containers: tuple[ContainerSpec, ...] = ()
    asked_by: str = ""
    account: str = ""
    token: bool | None = None
