"""The ports of a scan for the server: what a command would take from its words comes from settings."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from oakum.apps import wiring
from oakum.apps.server.backing import rules_of
from oakum.apps.server.job import Work
from oakum.flows.assess_image import Keepers
from oakum.flows.scan_image import ScanPorts
from oakum.model.fetching import RegistryAsked


def keepers(work: Work, asked: RegistryAsked | None = None) -> Keepers:
    """Where an assessment of the server's goes, and how images are read for it."""
    return Keepers(
        work.ledger, work.fleet, lambda: rules_of(work.ledger, work.clock), _scanning(work, asked or RegistryAsked())
    )


def _scanning(work: Work, asked: RegistryAsked) -> Callable[[], AbstractContextManager[ScanPorts]]:
    @contextmanager
    def scanning() -> Iterator[ScanPorts]:
        database = work.settings.database or wiring.database_path()
        reading = wiring.reading_ports(cached=True, progress=_silent, say=_silent, asked=lambda: asked)
        try:
            yield ScanPorts(reading, lambda: wiring.open_advisories(database), work.clock)
        finally:
            reading.parser.close()

    return scanning


def _silent(said: str) -> None:
    """Nobody watches."""
