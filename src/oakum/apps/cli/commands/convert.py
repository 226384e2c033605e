"""The command ``oakum convert``."""

import click

from oakum.kit.errors import UsageError
from oakum.kit.plugin import ids_in

_FORMATS = [name.replace("_", "-") for name in ids_in("oakum.effects.formats")]


@click.command()
@click.argument("file")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="What to write.")
@click.option("-o", "--output", metavar="FILE", default="", help="Write there instead of standard output.")
def convert(file: str, form: str | None, output: str) -> int:
    """Write a report or an SBOM in another format.

    FILE is a report of oakum (-f json), whose findings and gaps are kept, or an
    SBOM that oakum reads: CycloneDX, SPDX, Syft's JSON. Nothing is judged anew.

    \b
    Examples:
        oakum scan app:1.2 -f json -o report.json
        oakum convert report.json -f html -o report.html
        oakum convert app.spdx.json -f cyclonedx-json
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    if form is None:
        raise UsageError("convert to what? -f names no format", hint=f"-f takes {', '.join(_FORMATS)}")
    from oakum.apps.cli.converting import run_convert  # noqa: PLC0415 - help is answered without it

    return run_convert(file, form, output)
