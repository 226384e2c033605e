"""Which adapter makes which port real; the only place that decides it."""

import os
from typing import TYPE_CHECKING

from oakum.flows.kinds import scheme_of

if TYPE_CHECKING:
    from oakum.ports.advisories import Advisories
    from oakum.ports.advisory_writer import AdvisoryWriter


def cache_folder() -> str:
    """Where Oakum keeps what it can make again: ``OAKUM_CACHE_DIR``, or ``oakum`` in the user's cache."""
    chosen = os.environ.get("OAKUM_CACHE_DIR")
    user = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return chosen or os.path.join(user, "oakum")


def database_path() -> str:
    """Where the advisory database is: ``OAKUM_DB``, or ``advisories.db`` in the cache folder."""
    return os.environ.get("OAKUM_DB") or os.path.join(cache_folder(), "advisories.db")


def open_advisories(path: str) -> "Advisories":
    """The advisory database at a path.

    Raises:
        ConfigurationError: it is missing, or cannot be used.
    """
    from oakum.adapters.sqlite.advisories import AdvisoryDatabase  # noqa: PLC0415 - a scan without matching needs none

    return AdvisoryDatabase(path, scheme_of)


def advisory_writer(path: str) -> "AdvisoryWriter":
    """A new advisory database that will take the place of the one at a path."""
    from oakum.adapters.sqlite.advisory_builder import AdvisoryBuilder  # noqa: PLC0415 - only a build writes one

    return AdvisoryBuilder(path, scheme_of)
