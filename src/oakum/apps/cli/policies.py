"""From the words of ``policy`` to what policies say."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import click
import msgspec

from oakum.apps.cli.output import write_document
from oakum.apps.cli.page import page
from oakum.apps.cli.server_options import server_of
from oakum.apps.policy_files import builtin_names, policy_files
from oakum.effects import columns
from oakum.effects.escape import visible
from oakum.effects.trial_text import trial_text
from oakum.effects.whole_text import json_bytes
from oakum.flows.compare_policies import compare_policies
from oakum.flows.lint_policies import lint_policies
from oakum.flows.policy_schema import policy_schema
from oakum.flows.policy_tests import ExampleResult, run_policy_tests
from oakum.flows.read_policies import Written, read_policies, read_written
from oakum.kit.errors import NotPermittedError, UsageError
from oakum.model.api import PolicyTrial, TrialAsked

Stage = Literal["build", "registry", "deploy"]


def run_list(paths: Sequence[str], form: str) -> None:
    """Print policies, a line each."""
    written = read_written(policy_files(paths or builtin_names()))
    if form == "json":
        write_document(json_bytes([_listed(one) for one in written]), "")
        return
    for one in written:
        policy = one.policy
        then = " ".join(f"{stage}:{action}" for stage, action in policy.then.items())
        click.echo(f"{policy.name:34} {policy.severity:9} {then}")
        for line in columns.wrap(visible(policy.title), max(20, page(to_file=False).width - 4)):
            click.echo(f"    {line}")


def run_show(name: str) -> None:
    """Print policies as they are written."""
    for data in policy_files([name]).values():
        click.echo("\n".join(map(visible, data.decode("utf-8", "replace").splitlines())))


def run_init(folder: str, chosen: str) -> None:
    """Write the files of a set into a folder."""
    files = {os.path.join(folder, os.path.basename(name)): data for name, data in policy_files([chosen]).items()}
    there = [path for path in files if os.path.lexists(path)]
    if there:
        raise UsageError(f"{there[0]} is there already", hint="nothing was written; name another folder")
    try:
        os.makedirs(folder, exist_ok=True)
        for path, data in files.items():
            with open(path, "xb") as file:
                file.write(data)
    except OSError as error:
        raise NotPermittedError(f"{folder} cannot be written: {error.strerror}") from None
    click.echo(
        f"{len(files)} policies in {visible(folder)}; oakum gate TARGET -p {visible(folder)} holds them", err=True
    )


def run_lint(paths: Sequence[str]) -> int:
    """Say what is likely not meant."""
    said = list(lint_policies(read_written(policy_files(paths))))
    for line in said:
        click.echo(visible(line))
    return 1 if said else 0


def run_test(paths: Sequence[str]) -> int:
    """Run the tests of policies; a line for each policy, and one for each test that failed."""
    written = read_written(policy_files(paths))
    results = list(run_policy_tests(written))
    for name, own in _by_policy(results).items():
        failed = [one for one in own if not one.passed]
        counted = f"{len(own) - len(failed)} passed" + (f", {len(failed)} FAILED" if failed else "")
        click.echo(f"{name}: {counted}")
        for one in failed:
            why = f" ({one.why})" if one.why else ""
            click.echo(visible(f"  {one.place}: {one.test}: expected {one.expected}, found {one.found}{why}"))
    if not results:
        click.echo(f"none of the {len(written)} policies has a test", err=True)
    return 0 if results and all(one.passed for one in results) else 1


def run_diff(old: str, new: str) -> int:
    """Print the differences of two places of policies."""
    before, after = (read_policies(policy_files([place])) for place in (old, new))
    differences = list(compare_policies(before, after))
    for one in differences:
        click.echo(f"{one.what} {one.policy}")
        for field, (was, is_) in one.fields.items():
            click.echo(visible(f"  {field}: {was or '(nothing)'} -> {is_ or '(nothing)'}"))
    return 1 if differences else 0


def run_dry_run(paths: Sequence[str], stage: Stage, form: str, options: Mapping[str, str]) -> int:
    """Have a server hold policies against everything that it knows."""
    files = policy_files(paths)
    read_policies(files)  # a mistake is said with its own file and line, before anything is sent
    text = "---\n".join(_text(data) for data in files.values())
    server = server_of(options["server"], options["token_file"], options["ca"])
    try:
        said = server.ask("POST", "/policies/trials", msgspec.json.encode(TrialAsked(text, stage)))
    finally:
        server.close()
    trial = msgspec.json.decode(said, type=PolicyTrial)
    document = json_bytes(msgspec.to_builtins(trial)) if form == "json" else trial_text(trial, page(to_file=False))
    write_document(document, "")
    return 1 if any(one.hit for one in trial.changes) else 0


def run_schema() -> None:
    """Print the JSON schema."""
    write_document(json_bytes(policy_schema()), "")


def _listed(one: Written) -> dict[str, object]:
    policy = one.policy
    shown = {"name": policy.name, "title": policy.title, "severity": policy.severity, "then": policy.then}
    return {**shown, "unknown": policy.unknown, "attack": list(policy.attack), "sets": list(one.sets)}


def _by_policy(results: Iterable[ExampleResult]) -> dict[str, list[ExampleResult]]:
    found: dict[str, list[ExampleResult]] = {}
    for one in results:
        found.setdefault(one.policy, []).append(one)
    return found


def _text(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return text if text.endswith("\n") else text + "\n"
