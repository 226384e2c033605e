"""From the words of ``trust`` to rules, here or on a server."""

import click
import msgspec

from oakum.apps.cli.output import write_document
from oakum.apps.cli.server_options import server_of
from oakum.apps.cli.vouching import trust_file
from oakum.effects.escape import visible
from oakum.effects.whole_text import json_bytes
from oakum.model.trust import TrustRule, TrustRules

Where = tuple[str, str, str]
"""The server's URL, the file of the token, the authority of its certificate."""


def run_check(path: str) -> None:
    """Read the rules, and say what each of them wants."""
    _say(trust_file(path))


def run_set(path: str, where: Where) -> None:
    """Give the rules to a server."""
    rules = trust_file(path)
    server = server_of(*where)
    said = server.ask("PUT", "/trust", msgspec.json.encode(rules))
    server.close()
    _say(msgspec.json.decode(said, type=TrustRules))


def run_show(where: Where) -> None:
    """Print the server's rules."""
    server = server_of(*where)
    said = server.ask("GET", "/trust")
    server.close()
    write_document(json_bytes(msgspec.json.decode(said)), "")


def _say(rules: TrustRules) -> None:
    click.echo(f"{len(rules.rules)} rules, {rules.digest}")
    for rule in rules.rules:
        click.echo(visible(f"  {rule.name}: {', '.join(rule.images)} - {_wants(rule)}"))


def _wants(rule: TrustRule) -> str:
    keys = f"{len(rule.keys)} key" + ("" if len(rule.keys) == 1 else "s")
    signers = [keys] * bool(rule.keys) + [one.identity for one in rule.identities]
    parts = [f"signed by one of {', '.join(signers)}"] if signers else ["trusted by its place"]
    parts += [f"attested {', '.join(rule.attested)}"] * bool(rule.attested)
    parts += [f"built on {', '.join(rule.bases)}"] * bool(rule.bases)
    return "; ".join(parts)
