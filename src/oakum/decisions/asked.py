"""Parameters that several criteria take."""

from typing import Annotated

from msgspec import Meta, Struct

Globs = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=1000)], ...], Meta(min_length=1, max_length=1000)]
"""One of them is enough. ``*`` does not cross a slash, ``**`` does."""


class Matches(Struct, frozen=True, forbid_unknown_fields=True):
    """``matches``: globs, of which one is enough; ``*`` does not cross a slash, ``**`` does."""

    matches: Globs


class Days(Struct, frozen=True, forbid_unknown_fields=True):
    """``days``: how many must have passed."""

    days: Annotated[int, Meta(ge=0, le=36_500)]


class MoreThan(Struct, frozen=True, forbid_unknown_fields=True):
    """``more_than``: the number that must be passed."""

    more_than: Annotated[int, Meta(ge=0)]


class PortRange(Struct, frozen=True, forbid_unknown_fields=True):
    """``first`` and ``last``: the ports that count, both included."""

    first: Annotated[int, Meta(ge=1, le=65_535)]
    last: Annotated[int, Meta(ge=1, le=65_535)]
