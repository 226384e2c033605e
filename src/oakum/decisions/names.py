"""The names of a subject's images, and their parts (OCI distribution specification; Docker's short forms)."""

from typing import Final

from oakum.model.subject import Subject

_DOCKER: Final = "docker.io"


def references(subject: Subject) -> tuple[str, ...]:
    """Every name that the images of a subject bear."""
    stated = [container.image for container in subject.workload.containers] if subject.workload else []
    artifact = subject.artifact
    own = (*artifact.names, artifact.reference.partition(":")[2] or artifact.reference) if artifact else ()
    return tuple(dict.fromkeys(name for name in (*stated, *own) if name))


def registry_of(name: str) -> str:
    """The host of a name, with its port: the part before the first slash, where that can be a host."""
    first, slash, _ = name.partition("/")
    return first if slash and (first == "localhost" or "." in first or ":" in first) else _DOCKER


def tag_of(name: str) -> str:
    """The tag of a name: ``latest`` where neither tag nor digest stands, empty where a digest alone does."""
    rest, _, digest = name.partition("@")
    tag = rest.rpartition("/")[2].partition(":")[2]
    return tag or ("" if digest or rest.startswith("sha256") else "latest")
