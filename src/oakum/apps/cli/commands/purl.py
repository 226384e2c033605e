"""The command ``oakum purl``."""

import click


@click.command()
@click.argument("text", metavar="PURL", required=False)
@click.option("--batch", is_flag=True, help="Answer each JSON line of standard input with one JSON line.")
def purl(text: str | None, *, batch: bool) -> int:
    """Print a package URL in its canonical form, by the rules of its type.

    In a batch each line is {"op": "parse"|"build"|"validate", "input": ...} and is
    answered by {"ok": true, "output": ...} or {"ok": false, "error": ...}.

    \b
    Examples:
        oakum purl pkg:PYPI/Django_package@1.11
        echo '{"op": "parse", "input": "pkg:npm/foo@1.0"}' | oakum purl --batch
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli import purling  # noqa: PLC0415 - help is answered without it

    if batch and text is None:
        return purling.run_purl_batch()
    if batch or text is None:
        raise click.UsageError("give PURL, or --batch alone")
    return purling.run_purl(text)
