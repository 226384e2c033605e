"""Which adapter makes which port real; the only place that decides it."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from oakum import intel
from oakum.flows.kinds import scheme_of

if TYPE_CHECKING:
    from oakum.flows.take_inventory import ReadingPorts
    from oakum.ports.advisories import Advisories
    from oakum.ports.advisory_writer import AdvisoryWriter
    from oakum.ports.clock import Clock
    from oakum.ports.http import Http

STARTER: Final = os.path.join(os.path.dirname(intel.__file__), "starter.db.zst")
"""The data that come with the program."""

_PARSER: Final = "oakum.apps.parser"
_FETCHER: Final = "oakum.apps.fetcher"


def cache_folder() -> str:
    """Where Oakum keeps what it can make again: ``OAKUM_CACHE_DIR``, or ``oakum`` in the user's cache."""
    chosen = os.environ.get("OAKUM_CACHE_DIR")
    user = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return chosen or os.path.join(user, "oakum")


def database_path() -> str:
    """Where the advisory database is: ``OAKUM_DB``, or ``advisories.db`` in the cache folder."""
    return os.environ.get("OAKUM_DB") or os.path.join(cache_folder(), "advisories.db")


def open_advisories(path: str) -> "Advisories":
    """The advisory database at a path; the starter data where nobody chose one and none was built.

    Raises:
        ConfigurationError: it is missing though it was chosen, or cannot be used.
    """
    from oakum.adapters.sqlite.advisories import AdvisoryDatabase  # noqa: PLC0415 - a scan without matching needs none

    unchosen = path == database_path() and not os.environ.get("OAKUM_DB")
    if unchosen and not os.path.exists(path) and os.path.exists(STARTER):
        from oakum.adapters.sqlite.starter import open_starter  # noqa: PLC0415 - only until a database was built

        return open_starter(STARTER, cache_folder(), scheme_of)
    return AdvisoryDatabase(path, scheme_of)


def advisory_writer(path: str) -> "AdvisoryWriter":
    """A new advisory database that will take the place of the one at a path."""
    from oakum.adapters.sqlite.advisory_builder import AdvisoryBuilder  # noqa: PLC0415 - only a build writes one

    return AdvisoryBuilder(path, scheme_of)


def downloads() -> "Http":
    """What fetches files over the network."""
    from oakum.adapters.http import HttpsDownloads  # noqa: PLC0415 - only an update fetches

    return HttpsDownloads()


def clock() -> "Clock":
    """What tells the time."""
    from oakum.adapters.clock import MachineClock  # noqa: PLC0415 - each command takes what it needs

    return MachineClock()


def reading_ports(*, cached: bool, progress: Callable[[str], None]) -> "ReadingPorts":
    """Everything that taking an inventory needs; without ``cached`` nothing is believed and nothing kept."""
    from oakum.adapters.docker_engine import DockerEngine  # noqa: PLC0415 - each command takes what it needs
    from oakum.adapters.parser_process import ParserProcess  # noqa: PLC0415 - as above
    from oakum.adapters.sqlite.facts import FactCache  # noqa: PLC0415 - as above
    from oakum.flows.take_inventory import ReadingPorts  # noqa: PLC0415 - as above

    facts = FactCache(os.path.join(cache_folder(), "facts.db") if cached else "")
    engine = DockerEngine(os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock", _FETCHER, _room)
    return ReadingPorts(ParserProcess(_PARSER, scratch_folder()), facts, engine, progress)


def scratch_folder() -> str:
    """Where unnamed files may lie: the cache folder where it can be written, else the system's folder for such."""
    folder = cache_folder()
    return folder if os.access(folder, os.W_OK) else os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - unnamed files


def _room() -> int:
    return os.open(scratch_folder(), os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
