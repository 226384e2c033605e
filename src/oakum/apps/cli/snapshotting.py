"""From the words of ``snapshot`` to a file that gates decide from."""

from collections.abc import Mapping

from oakum.apps import wiring
from oakum.apps.cli.output import Progress
from oakum.apps.cli.scanning import waivers
from oakum.apps.policy_files import STARTER, policy_files
from oakum.flows.make_snapshot import scan_subjects
from oakum.flows.read_policies import read_policies
from oakum.flows.scan_image import ScanPorts
from oakum.kit.errors import NotPermittedError
from oakum.model.fetching import RegistryAsked

_HOUR = 3600


def run_snapshot(targets: tuple[str, ...], options: Mapping[str, str | int | tuple[str, ...]]) -> int:
    """Scan images, and write the snapshot whole or not at all."""
    progress = Progress()
    chosen = options["policies"]
    policies = read_policies(policy_files(chosen if isinstance(chosen, tuple) and chosen else (STARTER,)))
    accepted = waivers(str(options["ignore_file"] or ""))
    reading = wiring.reading_ports(cached=True, progress=progress, say=progress.say, asked=RegistryAsked)
    database = str(options["db"] or "") or wiring.database_path()
    ports = ScanPorts(reading, lambda: wiring.open_advisories(database), wiring.clock())
    try:
        subjects = list(scan_subjects(targets, ports))
    finally:
        progress.clear()
        reading.parser.close()
    times = int(ports.clock.now().timestamp()), int(str(options["greatest_age"])) * _HOUR
    path = str(options["output"])
    try:
        digest = wiring.write_snapshot(path, subjects, (policies, accepted), times)
    except OSError as error:
        raise NotPermittedError(f"{path} cannot be written: {error.strerror}") from None
    progress.say(f"{path}: {len(subjects)} images, {len(policies)} policies, {digest[:19]}")
    return 0
