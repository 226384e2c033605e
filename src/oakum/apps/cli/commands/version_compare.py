"""The command ``oakum version-compare``."""

import click


@click.command()
@click.argument("ecosystem", required=False)
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--batch", is_flag=True, help="Answer each line ECOSYSTEM<TAB>A<TAB>B of standard input with one line.")
def version_compare(ecosystem: str | None, a: str | None, b: str | None, *, batch: bool) -> int:
    """Compare two versions as their ecosystem does: -1, 0 or 1.

    ECOSYSTEM is a name as OSV has it, with or without a release: Debian:12, PyPI, npm.
    In a batch, a line that cannot be answered is answered with "error".

    \b
    Examples:
        oakum version-compare Debian:12 1.0~rc1-1 1.0-1
        oakum version-compare PyPI 1.0.post1 1.0
        oakum version-compare --batch < pairs.tsv
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli import comparing  # noqa: PLC0415 - help is answered without the schemes

    if batch and ecosystem is None:
        return comparing.run_compare_batch()
    if batch or ecosystem is None or a is None or b is None:
        raise click.UsageError("give ECOSYSTEM, A and B, or --batch alone")
    return comparing.run_compare(ecosystem, a, b)
