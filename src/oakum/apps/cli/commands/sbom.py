"""The command ``oakum sbom``."""

import click

from oakum.apps.cli.registry_options import Option, distro_option, exclude_option, registry_options
from oakum.kit.plugin import ids_in

_FORMATS = [name.replace("_", "-") for name in ids_in("oakum.effects.formats")]


@click.command()
@click.argument("target")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="Default: table on a terminal, else json.")
@click.option("--template", metavar="FILE", default="", help="Write by this Jinja2 template instead of a format.")
@click.option("-o", "--output", metavar="FILE", default="", help="Write there instead of standard output.")
@distro_option
@exclude_option
@registry_options
@click.option("--no-cache", is_flag=True, help="Read everything anew and keep nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the document and errors.")
@click.option("--debug", is_flag=True, help="Say what is done, with the time of each stage.")
def sbom(target: str, **options: Option) -> int:
    """List the packages of a target, without judging them.

    \b
    TARGET as for oakum scan:
        oakum sbom app:1.2
        oakum sbom oci-layout:build/app -f cyclonedx-json -o app.cdx.json
        oakum sbom dir:. -f spdx-json
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.scanning import run_scan  # noqa: PLC0415 - help is answered without the scan's imports

    return run_scan(target, {**options, "scanners": "packages"})
