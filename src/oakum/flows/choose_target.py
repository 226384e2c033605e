"""Choose what to scan when nobody says: an image of the local engine, else this machine."""

from oakum.flows.find_engine_image import Engines
from oakum.kit.errors import OakumError
from oakum.ports.engines import Engine


def choose_target(engines: Engines) -> tuple[str, str]:
    """A reference, and one sentence that says why it was chosen."""
    docker = engines("docker")
    if not docker.here() and (podman := engines("podman")).here():
        return _newest(podman, "podman")
    return _newest(docker, "docker")


def _newest(engine: Engine, prefix: str) -> tuple[str, str]:
    try:
        images = engine.images()
    except OakumError as error:
        return (
            "rootfs:/",
            f"no target was given and {_lower(str(error))}: scanning this machine's root",
        )
    if not images:
        return "rootfs:/", f"no target was given and {engine.title} has no image: scanning this machine's root"
    name = images[0].names[0]
    return f"{prefix}:{name}", f"no target was given: scanning {name}, the newest image of {engine.title}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
