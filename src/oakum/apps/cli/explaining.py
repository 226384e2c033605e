"""From the words of ``explain`` to its text."""

import sys

from oakum.apps import wiring
from oakum.apps.cli.output import Progress
from oakum.apps.cli.page import page
from oakum.apps.cli.registry_options import Options, containerd_of, platform_of, registry_asked
from oakum.effects.explanation_text import explanation_text
from oakum.flows.explain_finding import explain_finding
from oakum.flows.scan_image import ScanPorts


def run_explain(target: str, advisory: str, options: Options) -> int:
    """Explain, and end with 0 whatever the answer is."""
    progress = Progress()
    cached = not options["no_cache"]
    reading = wiring.reading_ports(
        cached=cached,
        progress=progress,
        say=progress.say,
        asked=lambda: registry_asked(options),
        containerd=containerd_of(options),
    )
    path = str(options["db"] or "") or wiring.database_path()
    ports = ScanPorts(reading, lambda: wiring.open_advisories(path, cached=cached), wiring.clock())
    try:
        explanation = explain_finding(target, advisory, ports, platform_of(options))
    finally:
        progress.clear()
    sys.stdout.buffer.write(explanation_text(explanation, page(to_file=False)))
    sys.stdout.buffer.flush()
    return 0
