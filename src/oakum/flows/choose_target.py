"""Choose what to scan when nobody says: an image of the local engine, else this machine."""

from oakum.kit.errors import OakumError
from oakum.ports.engines import Engine


def choose_target(engine: Engine) -> tuple[str, str]:
    """A reference, and one sentence that says why it was chosen."""
    try:
        images = engine.images()
    except OakumError as error:
        return (
            "rootfs:/",
            f"no target was given and {_lower(str(error))}: scanning this machine's root",
        )
    if not images:
        return "rootfs:/", "no target was given and the Docker engine has no image: scanning this machine's root"
    name = images[0].names[0]
    return f"docker:{name}", f"no target was given: scanning {name}, the newest image of the local Docker engine"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
