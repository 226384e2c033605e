"""The command ``oakum policy``."""

from typing import Literal

import click

from oakum.apps.cli.server_options import server_options


@click.group()
def policy() -> None:
    """Write, test and compare policies.

    PATH is a file, a folder of them, a set (starter, strict), or the name of a
    policy that comes along.
    """


@policy.command("list")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def listed(paths: tuple[str, ...], form: str) -> None:
    """List policies: those of the paths, else all that come along."""
    from oakum.apps.cli.policies import run_list  # noqa: PLC0415 - help is answered without it

    run_list(paths, form)


@policy.command()
@click.argument("name")
def show(name: str) -> None:
    """Print a policy, as it is written."""
    from oakum.apps.cli.policies import run_show  # noqa: PLC0415 - as above

    run_show(name)


@policy.command()
@click.argument("folder")
@click.option(
    "--set", "chosen", default="starter", type=click.Choice(["starter", "strict"]), help="What to begin with."
)
def init(folder: str, chosen: str) -> None:
    """Make a folder of policies to change, one file each; nothing that is there is touched."""
    from oakum.apps.cli.policies import run_init  # noqa: PLC0415 - as above

    run_init(folder, chosen)


@policy.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def lint(paths: tuple[str, ...]) -> int:
    """Say what is wrong with policies, and what is likely not meant.

    \b
    Exit codes: 0 nothing to say, 1 something is likely not meant, 78 a mistake.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.policies import run_lint  # noqa: PLC0415 - as above

    return run_lint(paths)


@policy.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def test(paths: tuple[str, ...]) -> int:
    """Hold policies to the tests that their authors wrote below them.

    \b
    Exit codes: 0 all passed, 1 one failed, or there is none, 78 a mistake.
    """  # noqa: D301 - as above
    from oakum.apps.cli.policies import run_test  # noqa: PLC0415 - as above

    return run_test(paths)


@policy.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> int:
    """Say which policies came, went and changed, field by field.

    \b
    Exit codes: 0 the same, 1 different, 78 a mistake.
    """  # noqa: D301 - as above
    from oakum.apps.cli.policies import run_diff  # noqa: PLC0415 - as above

    return run_diff(old, new)


@policy.command("dry-run")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--stage", default="deploy", type=click.Choice(["build", "registry", "deploy"]), help="Where it is judged."
)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@server_options
def dry_run(paths: tuple[str, ...], stage: Literal["build", "registry", "deploy"], form: str, **options: str) -> int:
    """Hold policies against everything that a server knows: who would be hit.

    Each image is named whose decision would be another one than by the
    policies that are on. Nothing is changed.

    \b
    Exit codes: 0 nothing would be refused that passes now, 1 something would.
    """  # noqa: D301 - as above
    from oakum.apps.cli.policies import run_dry_run  # noqa: PLC0415 - as above

    return run_dry_run(paths, stage, form, options)


@policy.command()
def schema() -> None:
    """Print a JSON schema of policies, with every criterion, for editors."""
    from oakum.apps.cli.policies import run_schema  # noqa: PLC0415 - as above

    run_schema()
