"""The command ``oakum waiver``."""

import click

from oakum.apps.cli.server_options import server_options


@click.group()
def waiver() -> None:
    """Ask a server to accept a finding, and decide on what others ask.

    Whoever asks cannot approve. A waiver that was approved counts at every gate of
    the server until its moment; findings that it accepts stay in view.
    """


@waiver.command()
@click.option("--cve", "id_", metavar="ID", default="", help="The vulnerability; without one all that the policy says.")
@click.option("--policy", metavar="NAME", default="", help="For this policy alone.")
@click.option("--package", metavar="NAME", default="", help="In this package: name or purl.")
@click.option("--path", metavar="GLOB", default="", help="In this file.")
@click.option("--image", "images", metavar="GLOB", multiple=True, help="In images that are named so.")
@click.option("--digest", metavar="SHA256", default="", help="In this image.")
@click.option("--reason", required=True, help="Why it is acceptable.")
@click.option("--until", "expires", required=True, metavar="DAY", help="Last day, or moment with its zone.")
@click.option("--ticket", default="", help="Where more is said of it.")
@server_options
def ask(**options: object) -> None:
    """Ask for a waiver.

    \b
    Example:
        oakum waiver ask --cve CVE-2026-1 --package zlib1g --until 2027-01-31 \\
            --reason "no input from outside" --server https://oakum.example:8440
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.waiving import run_ask  # noqa: PLC0415 - help is answered without it

    run_ask(options)


@waiver.command("list")
@click.option("--state", default="", help="Only those that are asked, approved, refused or revoked.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@server_options
def listed(state: str, form: str, **options: str) -> None:
    """List waivers, the newest first."""
    from oakum.apps.cli.waiving import run_list  # noqa: PLC0415 - as above

    run_list(state, form, options)


@waiver.command()
@click.argument("id_", metavar="ID")
@click.option("--note", default="", help="What is said of it.")
@server_options
def approve(id_: str, note: str, **options: str) -> None:
    """Approve a waiver that somebody else asked for."""
    from oakum.apps.cli.waiving import run_decide  # noqa: PLC0415 - as above

    run_decide(id_, "approved", note, options)


@waiver.command()
@click.argument("id_", metavar="ID")
@click.option("--note", default="", help="What is said of it.")
@server_options
def refuse(id_: str, note: str, **options: str) -> None:
    """Refuse a waiver."""
    from oakum.apps.cli.waiving import run_decide  # noqa: PLC0415 - as above

    run_decide(id_, "refused", note, options)


@waiver.command()
@click.argument("id_", metavar="ID")
@click.option("--note", default="", help="What is said of it.")
@server_options
def revoke(id_: str, note: str, **options: str) -> None:
    """Let a waiver hold no longer."""
    from oakum.apps.cli.waiving import run_decide  # noqa: PLC0415 - as above

    run_decide(id_, "revoked", note, options)
