"""From the words of ``gate`` to a judgement and an exit code."""

import msgspec
from msgspec.structs import replace

from oakum.apps.cli.output import Progress, write_document
from oakum.apps.cli.page import page
from oakum.apps.cli.registry_options import Options, platform_of
from oakum.apps.cli.scan_ports import scan_ports
from oakum.apps.cli.scanning import waivers
from oakum.apps.cli.server_options import server_of
from oakum.apps.ignore_file import refuse_dangling
from oakum.apps.policy_files import STARTER, policy_files
from oakum.effects.judgement_text import judgement_text
from oakum.effects.whole_text import json_bytes
from oakum.flows.gate_build import GateAsked, gate_build
from oakum.flows.read_policies import read_policies
from oakum.flows.replay_decision import pack_record
from oakum.flows.take_inventory import take_inventory
from oakum.kit.archive import zstd
from oakum.kit.errors import UsageError
from oakum.model.api import GateQuestion
from oakum.model.judgement import Judgement
from oakum.model.subject import Placement


def run_gate(target: str, options: Options) -> int:
    """Judge a target and write the judgement; give the exit code."""
    if options["server"]:
        return _ask_server(target, options)
    progress = Progress(quiet=bool(options["quiet"]), debug=bool(options["debug"]))
    names = options["policies"] if isinstance(options["policies"], tuple) and options["policies"] else (STARTER,)
    policies = read_policies(policy_files(names))  # before anything is read: a mistake in a policy is said at once
    placement = Placement(environment=str(options["environment"] or ""))
    accepted = waivers(options)
    if any(one.policy for one in accepted):
        refuse_dangling(accepted, [policy.name for policy in policies])
    asked = GateAsked(policies, accepted, placement=placement, platform=platform_of(options))
    with scan_ports(options, progress) as ports:
        gated = gate_build(target, ports, asked)
    for notice in gated.report.notices:
        progress.say(notice)
    if options["record"]:
        write_document(pack_record(gated.record), str(options["record"]))
    return _write(gated.judgement, options)


def _ask_server(target: str, options: Options) -> int:
    """Take the target apart here, and have the server decide."""
    if options["policies"] or options["db"] or options["ignore_file"]:
        raise UsageError("the server decides by its own policies, waivers and advisories", "leave these options out")
    if options["record"]:
        raise UsageError("the server keeps the record itself", "oakum decision replay ID --server URL asks for it")
    server = server_of(str(options["server"]), str(options["token_file"]), str(options["ca"]))
    progress = Progress(quiet=bool(options["quiet"]), debug=bool(options["debug"]))
    with scan_ports(options, progress) as ports:
        taken = take_inventory(target, ports.reading, platform_of(options))
        progress("ask the server")
        inventory = replace(taken.inventory, documents=())
        placement = Placement(environment=str(options["environment"] or ""))
        question = GateQuestion(taken.artifact, inventory, placement=placement)
        body = zstd.compress(msgspec.msgpack.encode(question), 3)
        said = server.ask("POST", "/decisions", body, packed=True)
    server.close()
    return _write(msgspec.json.decode(said, type=Judgement), options)


def _write(judgement: Judgement, options: Options) -> int:
    path = str(options["output"] or "")
    if str(options["form"]) == "json":
        document = json_bytes(msgspec.to_builtins(judgement))
    else:
        document = judgement_text(judgement, judgement.reference, page(to_file=bool(path)))
    write_document(document, path)
    return judgement.exit_code
