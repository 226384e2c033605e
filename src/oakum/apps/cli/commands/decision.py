"""The command ``oakum decision``."""

import click

from oakum.apps.cli.server_options import server_options


@click.group()
def decision() -> None:
    """Look at a decision again, and make it again.

    DECISION is a file that oakum gate --record wrote, or the id of a decision
    that the server keeps.
    """


@decision.command()
@click.argument("decision")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@server_options
def explain(decision: str, form: str, **options: str) -> int:
    """Say what was decided, on what, by which policies, and what would flip it.

    \b
    Exit codes: 0, 65 unreadable record, or no such decision.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.deciding import run_explain  # noqa: PLC0415 - help is answered without it

    return run_explain(decision, form, options)


@decision.command()
@click.argument("decision")
@server_options
def replay(decision: str, **options: str) -> int:
    """Decide again from the record alone, and compare byte by byte.

    It needs no image, no advisories and no network once it has the record.

    \b
    Exit codes: 0 the same, 1 another decision, 65 unreadable record.
    """  # noqa: D301 - as above
    from oakum.apps.cli.deciding import run_replay  # noqa: PLC0415 - as above

    return run_replay(decision, options)
