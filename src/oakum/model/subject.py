"""The subject: everything that one decision looks at.

A part that was not collected is None, which is not the same as empty: criteria that read it
answer ``unknown`` then, never no.
"""

from msgspec import Struct

from oakum.model.artifact import Artifact
from oakum.model.fact import Gap
from oakum.model.finding import Finding
from oakum.model.inventory import Inventory
from oakum.model.signature import Verified
from oakum.model.workload import Workload

STAGES = ("build", "registry", "deploy", "run")
"""Where in its life a container is judged."""


class Placement(Struct, frozen=True):
    """Where the subject is, or is meant to be; every field may be empty.

    Attributes:
        environment: ``dev``, ``test``, ``prod``.
        cluster: name of the cluster or the host.
        namespace: Kubernetes namespace.
        labels: of the workload, else of the image.
    """

    environment: str = ""
    cluster: str = ""
    namespace: str = ""
    labels: dict[str, str] = {}


class Change(Struct, frozen=True):
    """A file of a running container that differs from its image.

    Attributes:
        path: from the container's root.
        what: ``new``, ``changed`` or ``removed``.
        package: purl of a package that was installed or changed by it, or empty.
    """

    path: str
    what: str
    package: str = ""


class Subject(Struct, frozen=True):
    """What is judged.

    Attributes:
        stage: one of ``STAGES``.
        artifact: the image.
        inventory: what is installed in it.
        findings: its vulnerabilities.
        gaps: what is unknown about it.
        workload: what it is to run as.
        changes: what a running container changed of its image.
        placement: where it is.
        database: digest of the advisories that the findings rest on.
        data: the day on which these were last what their sources have (ISO 8601), or empty.
        scanned: the day on which the image was read (ISO 8601), or empty.
        trust: what trusted keys vouch for; None where nobody looked.
    """

    stage: str
    artifact: Artifact | None = None
    inventory: Inventory | None = None
    findings: tuple[Finding, ...] | None = None
    gaps: tuple[Gap, ...] = ()
    workload: Workload | None = None
    changes: tuple[Change, ...] | None = None
    placement: Placement = Placement()
    database: str = ""
    data: str = ""
    scanned: str = ""
    trust: Verified | None = None
