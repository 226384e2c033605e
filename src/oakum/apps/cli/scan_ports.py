"""The ports of a scan, out of the options that every command with a TARGET has."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oakum.apps import wiring
from oakum.apps.cli.output import Progress
from oakum.apps.cli.registry_options import Options, containerd_of, registry_asked
from oakum.flows.scan_image import ScanPorts


@contextmanager
def scan_ports(options: Options, progress: Progress, meanwhile: Callable[[], object] = tuple) -> Iterator[ScanPorts]:
    """What scans need, for as long as they last; a parser that was not used is ended.

    Args:
        options: of the command.
        progress: is told what goes on, and cleared at the end.
        meanwhile: done while the parser reads.
    """
    cached = not options["no_cache"]
    reading = wiring.reading_ports(
        cached=cached,
        progress=progress,
        say=progress.say,
        asked=functools.cache(lambda: registry_asked(options)),  # a password on standard input is there once
        meanwhile=meanwhile,
        containerd=containerd_of(options),
    )
    database = str(options.get("db") or "") or wiring.database_path()
    try:
        yield ScanPorts(reading, lambda: wiring.open_advisories(database, cached=cached), wiring.clock())
    finally:
        progress.clear()
        reading.parser.close()
