"""The bounds of what is kept of one package."""

from oakum.kit import limits
from oakum.model import gaps
from oakum.model.fact import Gap, Package


def bounded(package: Package) -> Package | Gap:
    """The package, or a gap in its place when its name or version is longer than any honest one.

    Cutting it off would name another package; a licence that long is a text and no statement, so it is left out.
    """
    if len(package.name) > limits.FIELD_CHARACTERS or len(package.version) > limits.FIELD_CHARACTERS:
        what = f"a package's name or version is longer than {limits.FIELD_CHARACTERS} characters"
        return Gap(gaps.LIMIT, what, package.path)
    return package


def statement(text: str) -> tuple[str, ...]:
    """A declared licence as the statements of a package: one, or none when it is empty or a whole text."""
    text = text.strip()
    return (text,) if text and "\n" not in text and len(text) <= limits.FIELD_CHARACTERS else ()
