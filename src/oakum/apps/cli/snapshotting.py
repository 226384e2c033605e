"""From the words of ``snapshot`` to a file that gates decide from."""

from oakum.apps import wiring
from oakum.apps.cli.output import Progress
from oakum.apps.cli.registry_options import Options, platform_of
from oakum.apps.cli.scan_ports import scan_ports
from oakum.apps.cli.scanning import waivers
from oakum.apps.policy_files import STARTER, policy_files
from oakum.flows.look_for_files import globs_of
from oakum.flows.make_snapshot import scan_subjects
from oakum.flows.read_policies import read_policies
from oakum.flows.scan_image import ScanAsked
from oakum.kit.errors import NotPermittedError

_HOUR = 3600


def run_snapshot(targets: tuple[str, ...], greatest_age: int, options: Options) -> int:
    """Scan images, and write the snapshot whole or not at all."""
    progress = Progress(quiet=bool(options["quiet"]), debug=bool(options["debug"]))
    chosen = options["policies"]
    policies = read_policies(policy_files(chosen if isinstance(chosen, tuple) and chosen else (STARTER,)))
    accepted = waivers(options)
    asked = ScanAsked(platform=platform_of(options), look_for=globs_of(policies))
    trust = None
    if options["trust"] or options["trusted_keys"]:
        from oakum.apps.cli.vouching import trust_of  # noqa: PLC0415 - cryptography, where somebody is trusted

        trust = trust_of(options)
    with scan_ports(options, progress) as ports:
        subjects = list(scan_subjects(targets, ports, asked, trust))
    times = int(wiring.clock().now().timestamp()), greatest_age * _HOUR
    path = str(options["output"])
    try:
        digest = wiring.write_snapshot(path, subjects, (policies, accepted), times)
    except OSError as error:
        raise NotPermittedError(f"{path} cannot be written: {error.strerror}") from None
    progress.say(f"{path}: {len(subjects)} images, {len(policies)} policies, {digest[:19]}")
    return 0
