"""A workload: the containers that are to run together, as their specification says."""

from msgspec import Struct


class ContainerSpec(Struct, frozen=True):
    """One container of a workload.

    Attributes:
        name: within the workload; for a plain container its own name, or empty.
        image: reference as the specification has it.
        digest: image digest or id that the reference was resolved to, or empty.
        kind: ``container``, ``init`` or ``ephemeral``.
        privileged: has every capability and every device of the host; None where nobody knows.
        user: ``uid``, ``name`` or ``uid:gid`` that the specification asks for; empty: the image's own.
    """

    name: str
    image: str
    digest: str = ""
    kind: str = "container"
    privileged: bool | None = None
    user: str = ""


class Workload(Struct, frozen=True):
    """What is to run, and where.

    Attributes:
        kind: ``docker`` or the Kubernetes kind, e.g. ``Pod``.
        name: of the workload.
        namespace: Kubernetes namespace, or empty.
        containers: every one, init and ephemeral ones included.
        asked_by: who asks for it, where that is known.
    """

    kind: str
    name: str
    namespace: str = ""
    containers: tuple[ContainerSpec, ...] = ()
    asked_by: str = ""
