"""From the words of ``gate`` to a judgement and an exit code."""

import msgspec

from oakum.apps.cli.output import Progress, write_document
from oakum.apps.cli.page import page
from oakum.apps.cli.registry_options import Options, platform_of
from oakum.apps.cli.scan_ports import scan_ports
from oakum.apps.cli.scanning import waivers
from oakum.apps.policy_files import STARTER, policy_files
from oakum.effects.judgement_text import judgement_text
from oakum.effects.whole_text import json_bytes
from oakum.flows.gate_build import GateAsked, Gated, gate_build
from oakum.flows.read_policies import read_policies
from oakum.model.subject import Placement


def run_gate(target: str, options: Options) -> int:
    """Judge a target and write the judgement; give the exit code."""
    progress = Progress(quiet=bool(options["quiet"]), debug=bool(options["debug"]))
    names = options["policies"] if isinstance(options["policies"], tuple) and options["policies"] else (STARTER,)
    policies = read_policies(policy_files(names))  # before anything is read: a mistake in a policy is said at once
    placement = Placement(environment=str(options["environment"] or ""))
    accepted = waivers(str(options["ignore_file"] or ""))
    asked = GateAsked(policies, accepted, placement=placement, platform=platform_of(options))
    with scan_ports(options, progress) as ports:
        gated = gate_build(target, ports, asked)
    for notice in gated.report.notices:
        progress.say(notice)
    path = str(options["output"] or "")
    write_document(_document(gated, str(options["form"]), to_file=bool(path)), path)
    return gated.judgement.exit_code


def _document(gated: Gated, form: str, *, to_file: bool) -> bytes:
    if form == "json":
        return json_bytes(msgspec.to_builtins(gated.judgement))
    return judgement_text(gated.judgement, gated.report.artifact.reference, page(to_file=to_file))
