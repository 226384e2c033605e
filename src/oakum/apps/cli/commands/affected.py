"""The command ``oakum affected``."""

import click

from oakum.apps.cli.server_options import server_options
from oakum.apps.cli.state_option import state_option


@click.command()
@click.option("--package", metavar="NAME", default="", help="A package, or the source package that it was built from.")
@click.option("--below", metavar="VERSION", default="", help="Only versions of it below this one.")
@click.option("--cve", "finding", metavar="ID", default="", help="A vulnerability, by any of its ids.")
@server_options
@state_option
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def affected(package: str, below: str, finding: str, form: str, **options: str) -> int:
    """List what a package or a vulnerability reaches: images, containers, hosts.

    Each image comes with the instruction to change, the version to take and its
    owner. Names are compared as their ecosystem does; a version that cannot be
    compared is said, not left out.

    \b
    Examples:
        oakum affected --package openssl --below 3.0.13-1
        oakum affected --cve CVE-2026-1234 --server https://oakum.example:8440 -f json
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.reaching import run_affected  # noqa: PLC0415 - help is answered without the stores
    from oakum.flows.find_affected import Asked  # noqa: PLC0415 - as above

    return run_affected(Asked(package, below, finding), form, options)
