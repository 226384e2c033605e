"""Globs of names and references as expressions: ``*`` stays between slashes, ``**`` crosses them."""

import re
from collections.abc import Callable, Iterable
from typing import Final

_WILD: Final = {"**": ".*", "*": "[^/]*", "?": "[^/]"}


def expression(glob: str) -> str:
    """The regular expression of a glob; runs of stars are one, so that no glob can make a match slow by them."""
    parts = re.split(r"(\*\*|\*|\?)", re.sub(r"\*{2,}", "**", glob))
    return "".join(_WILD.get(part, re.escape(part)) for part in parts)


def fits(globs: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text fits one of the globs, as a whole."""
    whole = re.compile("|".join(f"(?:{expression(glob)})" for glob in globs), re.DOTALL).fullmatch
    return lambda text: whole(text) is not None
