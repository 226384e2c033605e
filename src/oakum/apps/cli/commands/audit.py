"""The command ``oakum audit``."""

import click

from oakum.apps.cli.state_option import state_option


@click.group()
def audit() -> None:
    """Verify the trail of everything that changed a server's state."""


@audit.command()
@state_option
@click.option("--export", metavar="FILE", default="", help="The signed heads; default: those in the state folder.")
@click.option("--key", metavar="PUB", default="", help="The public key of the signatures; default: as above.")
def verify(state: str, export: str, key: str) -> int:
    """Say whether the audit trail is whole and as it was written.

    Keep the export and the public key where the server cannot write, and give
    them here: whoever can rewrite the state folder can rewrite what lies in it.

    \b
    Examples:
        oakum audit verify --state /var/lib/oakum
        oakum audit verify --state /var/lib/oakum --export /mnt/heads.jsonl --key audit.key.pub

    \b
    Exit codes: 0 whole, 1 changed, cut or rewritten, 2 the chain is whole but no
    signed head vouches for it, 65 unreadable export, 78 unusable key or ledger.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.auditing import run_verify  # noqa: PLC0415 - help is answered without the stores

    return run_verify(state, export, key)
