"""From the words of ``explain`` to its text."""

import sys

from oakum.apps.cli.output import Progress
from oakum.apps.cli.page import page
from oakum.apps.cli.registry_options import Options, platform_of
from oakum.apps.cli.scan_ports import scan_ports
from oakum.effects.explanation_text import explanation_text
from oakum.flows.explain_finding import explain_finding


def run_explain(target: str, advisory: str, options: Options) -> int:
    """Explain, and end with 0 whatever the answer is."""
    with scan_ports(options, Progress()) as ports:
        explanation = explain_finding(target, advisory, ports, platform_of(options))
    sys.stdout.buffer.write(explanation_text(explanation, page(to_file=False)))
    sys.stdout.buffer.flush()
    return 0
