"""Files of an image, as policies ask for them. Pure."""

from collections.abc import Callable, Iterable
from typing import Final

from oakum.decisions.globs import fits
from oakum.model.inventory import ImageFile
from oakum.model.subject import Subject

FILE_PRESENT: Final = "file_present"
SETUID_FILE: Final = "setuid_file"


def rooted(glob: str) -> str:
    """A glob from the root, whether or not it was written with the slash: ``**/x`` fits ``/x`` too."""
    return glob if glob.startswith(("/", "**")) else f"/{glob}"


def fitting(globs: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path, as layers have it, fits one of the rooted globs."""
    fit = fits(globs)
    return lambda path: fit(f"/{path}")


def present(subject: Subject, globs: tuple[str, ...]) -> tuple[ImageFile, ...] | None:
    """Files that fit a glob; None where nobody looked for one of them."""
    inventory, wanted = subject.inventory, tuple(map(rooted, globs))
    if inventory is None or not set(wanted) <= set(inventory.looked_for):
        return None
    wants = fitting(wanted)
    return tuple(one for one in inventory.files if wants(one.path))


def special(subject: Subject, usual: tuple[str, ...]) -> tuple[ImageFile, ...] | None:
    """Setuid and setgid files but those that are usual; None where the target says nothing of modes."""
    if subject.inventory is None or subject.inventory.special is None:
        return None
    is_usual = fitting(map(rooted, usual)) if usual else lambda _path: False
    return tuple(one for one in subject.inventory.special if not is_usual(one.path))
