"""The command ``oakum gate``."""

import click

from oakum.apps.cli.registry_options import Option, registry_options
from oakum.apps.cli.server_options import server_options


@click.command()
@click.argument("target")
@click.option("-p", "--policy", "policies", multiple=True, metavar="PATH", help="File, folder, set; default: starter.")
@click.option("--environment", metavar="NAME", default="", help="Where it is meant to run: dev, test, prod.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@click.option("--report", "reports", multiple=True, metavar="FORMAT=FILE", help="Write this too; FILE - is the output.")
@click.option("--baseline", metavar="FILE|REF", default="", help="Count only what was not known there.")
@click.option("--write-baseline", metavar="FILE", default="", help="Keep what is known now.")
@click.option("-o", "--output", metavar="FILE", default="", help="Write there instead of standard output.")
@click.option("--trusted-key", "trusted_keys", multiple=True, metavar="FILE", help="Look for signatures by this key.")
@click.option("--trust", metavar="FILE", default="", help="Trust rules: who must vouch for which images.")
@click.option("--record", metavar="FILE", default="", help="Write what the decision rests on, to replay it.")
@click.option("--db", metavar="PATH", default="", help="The advisory database: PATH, sha256:..., PATH@sha256:...")
@click.option("--vex", metavar="FILE", multiple=True, help="What a supplier says: OpenVEX, CycloneDX or CSAF.")
@click.option("--ignore-file", metavar="FILE", default="", help="Accepted findings; default: ./oakum-ignore.toml.")
@server_options
@registry_options
@click.option("--no-cache", is_flag=True, help="Read everything anew and keep nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the document and errors.")
@click.option("--debug", is_flag=True, help="Say what is done, with the time of each stage.")
def gate(target: str, **options: Option) -> int:
    """Hold policies against a target, and say what would make it pass.

    \b
    TARGET as for oakum scan:
        oakum gate app:1.2
        oakum gate docker-archive:app.tar --policy policies/ --environment prod
        oakum gate app:1.3 --baseline app:1.2 --report sarif=oakum.sarif --report junit=oakum.xml
        OAKUM_TOKEN=oakum_... oakum gate app:1.2 --server https://oakum.example:8440

    With --server the target is taken apart here, and the server decides by its own
    advisories and policies; the decision is kept there.

    \b
    Exit codes: 0 passed (warnings pass), 1 refused, 2 refused because something
    could not be judged, 64 usage, 65 unreadable target, 69 try later,
    77 not permitted, 78 unusable policy or database, 130 interrupted.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.gating import run_gate  # noqa: PLC0415 - help is answered without the scan's imports

    return run_gate(target, options)
