"""The command ``oakum explain``."""

import click

from oakum.apps.cli.registry_options import Option, registry_options


@click.command()
@click.argument("target")
@click.argument("advisory", metavar="ID")
@click.option("--db", metavar="PATH", default="", help="The advisory database: PATH, sha256:..., PATH@sha256:...")
@registry_options
@click.option("--no-cache", is_flag=True, help="Read everything anew and keep nothing.")
def explain(target: str, advisory: str, **options: Option) -> int:
    """Say why a vulnerability is found in a target, or why it is not.

    ID is a CVE or any other id of it (GHSA, PYSEC, GO, DSA). TARGET is what
    oakum scan takes.

    \b
    Examples:
        oakum explain app:1.2 CVE-2023-44487
        oakum explain docker-archive:app.tar GHSA-jfh8-c2jp-5v3q
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.explaining import run_explain  # noqa: PLC0415 - help is answered without the scan's imports

    return run_explain(target, advisory, options)
