"""The command ``oakum cvss``."""

import click


@click.command()
@click.argument("vector", required=False)
@click.option("--batch", is_flag=True, help="Answer each line of standard input, a vector, with one line.")
def cvss(vector: str | None, *, batch: bool) -> int:
    """Print the score of a CVSS vector.

    Versions 2.0, 3.0, 3.1 and 4.0. The score is the base score, whatever temporal
    and environmental metrics follow; of a 4.0 vector it is the one score that it
    has, with its threat and environmental metrics. In a batch, a line that is no
    vector by its specification is answered with "error".

    \b
    Examples:
        oakum cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
        oakum cvss --batch < vectors.txt
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli import scoring  # noqa: PLC0415 - help is answered without the scores

    if batch and vector is None:
        return scoring.run_cvss_batch()
    if batch or vector is None:
        raise click.UsageError("give VECTOR, or --batch alone")
    return scoring.run_cvss(vector)
