"""The command ``oakum token``."""

import click

from oakum.apps.cli.state_option import state_option


@click.group()
def token() -> None:
    """Make, list and revoke the tokens of a server."""


@token.command()
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(["admin", "agent", "gate", "reader"]), help="What it may do.")
@click.option("--days", type=click.IntRange(0, 3650), default=90, show_default=True, help="Until it expires; 0: never.")
@state_option
def create(name: str, role: str, days: int, state: str) -> None:
    """Make a token, and print its secret, which is kept nowhere.

    It works on the state folder, whether the server runs or not.

    \b
    Examples:
        oakum token create ci --role gate
        oakum token create node7 --role agent --days 0 --state /var/lib/oakum
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.tokens import run_create  # noqa: PLC0415 - help is answered without the stores

    run_create(name, role, days, state)


@token.command("list")
@state_option
def listed(state: str) -> None:
    """List the tokens, without their secrets."""
    from oakum.apps.cli.tokens import run_list  # noqa: PLC0415 - as above

    run_list(state)


@token.command()
@click.argument("name")
@state_option
def revoke(name: str, state: str) -> None:
    """Let a token be worth nothing from now on."""
    from oakum.apps.cli.tokens import run_revoke  # noqa: PLC0415 - as above

    run_revoke(name, state)
