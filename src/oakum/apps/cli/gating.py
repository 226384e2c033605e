"""From the words of ``gate`` to a judgement and an exit code."""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from oakum.apps.cli.output import Progress, write_document, write_report
from oakum.apps.cli.page import page
from oakum.apps.cli.registry_options import Options, platform_of
from oakum.apps.cli.scan_ports import scan_ports
from oakum.apps.cli.scanning import waivers
from oakum.apps.cli.server_options import server_of
from oakum.apps.ignore_file import refuse_dangling
from oakum.apps.policy_files import STARTER, policy_files
from oakum.apps.toml_file import read_written
from oakum.effects.format import FORMATS
from oakum.effects.judgement_text import judgement_text
from oakum.effects.whole_text import json_bytes
from oakum.flows.baselines import baseline_of, read_baseline
from oakum.flows.gate_build import GateAsked, Gated, gate_build
from oakum.flows.look_for_files import globs_of, look_for_files
from oakum.flows.read_policies import read_policies
from oakum.flows.replay_decision import pack_record
from oakum.flows.scan_image import ScanPorts
from oakum.flows.take_inventory import take_layers
from oakum.kit.archive import zstd
from oakum.kit.errors import ConfigurationError, UsageError
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.api import GateQuestion, Rules
from oakum.model.baseline import Baseline
from oakum.model.judgement import Judgement
from oakum.model.subject import Placement

if TYPE_CHECKING:
    from oakum.model.artifact import Artifact
    from oakum.model.signature import Verified
    from oakum.ports.server import Server


def run_gate(target: str, options: Options) -> int:
    """Judge a target and write the judgement; give the exit code."""
    if options["server"]:
        return _ask_server(target, options)
    progress = Progress(quiet=bool(options["quiet"]), debug=bool(options["debug"]))
    names = options["policies"] if isinstance(options["policies"], tuple) and options["policies"] else (STARTER,)
    policies = read_policies(policy_files(names))  # before anything is read: a mistake in a policy is said at once
    reports = _reports(options)
    placement = Placement(environment=str(options["environment"] or ""))
    accepted = waivers(options)
    if any(one.policy for one in accepted):
        refuse_dangling(accepted, [policy.name for policy in policies])
    asked = GateAsked(policies, accepted, placement=placement, platform=platform_of(options), trust=_trust(options))
    with scan_ports(options, progress) as ports:
        before = _baseline(str(options["baseline"] or ""), ports, asked)
        gated = gate_build(target, ports, replace(asked, baseline=before))
    for notice in gated.report.notices:
        progress.say(notice)
    _write_besides(gated, reports, options)
    if any(path == "-" for _, path in reports):
        return gated.judgement.exit_code
    return _write(gated.judgement, options)


def _trust(options: Options) -> "Callable[[Artifact], Verified | None] | None":
    """Who looks for signatures; nobody, where no key is trusted and no rules are given."""
    if not options["trusted_keys"] and not options["trust"]:
        return None
    from oakum.apps.cli.vouching import trust_of  # noqa: PLC0415 - cryptography, where a key is given

    return trust_of(options)


def _reports(options: Options) -> list[tuple[str, str]]:
    """The formats that are asked for besides, each with its file.

    Raises:
        UsageError: a word names none.
    """
    found = []
    for word in options["reports"] if isinstance(options["reports"], tuple) else ():
        form, mark, path = word.partition("=")
        if not mark or not path or form.replace("-", "_") not in FORMATS.ids():
            there = ", ".join(name.replace("_", "-") for name in FORMATS.ids())
            raise UsageError(f"--report takes FORMAT=FILE, not {word[:80]!r}", hint=f"there are: {there}")
        found.append((form, path))
    return found


def _baseline(name: str, ports: ScanPorts, asked: GateAsked) -> Baseline | None:
    """What was known: as a file says, or as another artifact is judged now."""
    if not name:
        return None
    if os.path.isfile(name) and name.endswith(".json"):
        return read_baseline(read_written(name, INVENTORY_BYTES), name)
    before = gate_build(name, ports, asked)
    return baseline_of(before.report, before.judgement)


def _write_besides(gated: Gated, reports: Sequence[tuple[str, str]], options: Options) -> None:
    if options["record"]:
        write_document(pack_record(gated.record), str(options["record"]))
    if options["write_baseline"]:
        document = json_bytes(msgspec.to_builtins(baseline_of(gated.report, gated.judgement)))
        write_document(document, str(options["write_baseline"]))
    for form, path in reports:
        write_report(gated.report, form, "" if path == "-" else path)


def _ask_server(target: str, options: Options) -> int:
    """Take the target apart here, and have the server decide."""
    if options["policies"] or options["db"] or options["ignore_file"]:
        raise UsageError("the server decides by its own policies, waivers and advisories", "leave these options out")
    if options["record"]:
        raise UsageError("the server keeps the record itself", "oakum decision replay ID --server URL asks for it")
    if options["trusted_keys"] or options["trust"]:
        raise UsageError("the server decides by its own trust rules", "oakum trust set FILE --server URL sets them")
    if options["reports"] or options["baseline"] or options["write_baseline"]:
        raise UsageError("reports and baselines are made where the decision is", "leave --server out")
    server = server_of(str(options["server"]), str(options["token_file"]), str(options["ca"]))
    progress = Progress(quiet=bool(options["quiet"]), debug=bool(options["debug"]))
    with scan_ports(options, progress) as ports:
        taken, layers = take_layers(target, ports.reading, platform_of(options))
        progress("ask the server")
        inventory = replace(look_for_files(taken.inventory, layers, asked_by(server)), documents=())
        placement = Placement(environment=str(options["environment"] or ""))
        question = GateQuestion(taken.artifact, inventory, placement=placement)
        body = zstd.compress(msgspec.msgpack.encode(question), 3)
        said = server.ask("POST", "/decisions", body, packed=True)
    server.close()
    return _write(msgspec.json.decode(said, type=Judgement), options)


def asked_by(server: "Server") -> tuple[str, ...]:
    """The files that the server's policies ask for in an image.

    Nothing where they cannot be read here, as by an older Oakum or without an extra: the server judges, and says that
    nobody looked.
    """
    text = msgspec.json.decode(server.ask("GET", "/policies"), type=Rules).text
    try:
        return globs_of(read_policies({"the server's policies": text.encode()}))
    except ConfigurationError:
        return ()


def _write(judgement: Judgement, options: Options) -> int:
    path = str(options["output"] or "")
    if str(options["form"]) == "json":
        document = json_bytes(msgspec.to_builtins(judgement))
    else:
        document = judgement_text(judgement, judgement.reference, page(to_file=bool(path)))
    write_document(document, path)
    return judgement.exit_code
