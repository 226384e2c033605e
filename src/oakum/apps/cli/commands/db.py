"""The database of advisories: build it, bring it up to date, share it, look at what it holds."""

import os
import sys
from datetime import datetime

import click
import msgspec

from oakum.apps import wiring
from oakum.apps.cli.registry_options import Option, access_options
from oakum.kit.errors import UsageError
from oakum.model.advisory import DatabaseInfo

_SOURCE = "OAKUM_DB_SOURCE"
_MEBIBYTE = 1 << 20


@click.group()
def db() -> None:
    """Build, update, share or inspect the database of advisories."""


@db.command()
@click.option("--from", "base", required=True, metavar="BASE", help="Folder in the layout of OSV's bucket.")
@click.option("--out", required=True, metavar="FILE", help="The database to write.")
@click.option("--starter", is_flag=True, help="Write the packed starter data: facts of open sources alone.")
def build(base: str, out: str, *, starter: bool) -> None:
    """Build a database out of a folder of sources.

    \b
    BASE holds <Ecosystem>/all.zip or <Ecosystem>/*.json, and if you have them kev.json and epss.csv.gz:
        oakum db build --from ./osv --out advisories.db
        oakum scan alpine:3.20 --db advisories.db
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    if not os.path.isdir(base):
        raise UsageError(f"{base} is no folder", hint="`oakum db update` takes a URL")
    if starter:
        from oakum.flows.build_starter import build_starter  # noqa: PLC0415 - only to make a release

        build_starter(base, out, wiring.advisory_writer, wiring.clock(), _say)
        return
    from oakum.flows.build_database import build_database  # noqa: PLC0415 - listing commands needs no feeds

    info = build_database(base, wiring.advisory_writer(out), wiring.clock(), _say)
    _say(_done(out, info))


@db.command()
@click.option("--from", "base", envvar=_SOURCE, metavar="BASE", help=f"https URL or folder; default: ${_SOURCE}.")
@click.option("--ecosystem", "ecosystems", multiple=True, metavar="NAME", help="Take only this one; may be repeated.")
@click.option("--db", "path", metavar="FILE", help="The database to update; default: the one that scans use.")
@click.option("--anew", is_flag=True, help="Read every source anew, also those that did not change.")
def update(base: str | None, ecosystems: tuple[str, ...], path: str | None, *, anew: bool) -> None:
    """Fetch what changed and replace the database in one step.

    \b
    BASE has the layout of OSV's bucket; the last good database stays when anything fails:
        oakum db update --from https://mirror.example.org/osv
        oakum db update --from ./osv --ecosystem Debian --ecosystem PyPI
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    if not base:
        raise UsageError(
            "nothing says where the advisories come from",
            hint=f"give --from BASE or set {_SOURCE}: a mirror of OSV's bucket by https, or a folder",
        )
    from oakum.flows.update_database import Origin, Ports, update_database  # noqa: PLC0415 - as above

    path = path or wiring.place_and_pin(wiring.database_path())[0]
    writer = wiring.advisory_writer(path, _say)
    ports = Ports(wiring.downloads(), writer, wiring.clock(), wiring.update_states(path))
    updated = update_database(Origin(base, ecosystems, f"{os.path.abspath(path)}.work", anew), ports, _say)
    _say(_done(path, updated.info) + ("" if updated.changed else "; nothing changed"))


@db.command()
@click.argument("reference", metavar="REF")
@click.option(
    "--db", "path", metavar="PATH", help="The database to push: PATH or PATH@sha256:...; default: that of scans."
)
@access_options
def push(reference: str, path: str | None, **options: Option) -> None:
    """Put the database into a registry, for machines that have no other source.

    \b
    REF is HOST/NAME:TAG; on standard output comes HOST/NAME@sha256:..., which names exactly these data:
        oakum db push registry.example/security/advisories:today
        oakum db pull registry.example/security/advisories:today
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.sharing import run_push  # noqa: PLC0415 - listing commands needs no registry

    run_push(reference, path or "", options)


@db.command()
@click.argument("reference", metavar="REF")
@click.option("--db", "path", metavar="FILE", help="Where to put it; default: where scans look.")
@access_options
def pull(reference: str, path: str | None, **options: Option) -> None:
    """Take the database out of a registry and replace the one in place in one step.

    \b
    REF is HOST/NAME:TAG, or HOST/NAME@sha256:... for exactly one; whatever fails, the last good database stays:
        oakum db pull registry.example/security/advisories:today
        oakum scan app:1.2
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.sharing import run_pull  # noqa: PLC0415 - as above

    run_pull(reference, path or "", options)


@db.command()
@click.option("--db", "path", metavar="FILE", help="The database to look at; default: the one that scans use.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def status(path: str | None, form: str) -> None:
    """Say what the database holds, how old it is and where it came from."""
    words = path or wiring.database_path()
    info = wiring.open_advisories(words).about()
    place = wiring.STARTER if info.starter else wiring.place_and_pin(words)[0]
    if form == "json":
        document = {"path": place, "age_days": _age(info), **msgspec.to_builtins(info)}
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
        return
    click.echo("\n".join(_lines(place, info)))


def _lines(path: str, info: DatabaseInfo) -> list[str]:
    kind = (
        ["This is the starter data; for full data: oakum db update --from BASE, or oakum db pull REF", ""]
        if info.starter
        else []
    )
    head = [
        f"Database  {path}",
        f"Built     {info.built}",
        f"Current   {info.current}, {_age(info)} days ago",
        f"Identity  {info.digest}",
    ]
    sources = [
        f"  {one.name:<20} {one.records:>8,}  {one.newest[:10]:<10}  {one.taken[:10]:<10}  {one.revision[:12]}"
        + (f"  ({one.skipped:,} skipped)" if one.skipped else "")
        for one in info.sources
    ]
    ecosystems = [
        f"  {name:<20} {data.records:>8,}  {data.newest[:10]:<10}" + ("  fixed only" if data.fixed_only else "")
        for name, data in info.ecosystems.items()
    ]
    titles = "  records  newest"
    return [
        *kind,
        *head,
        "",
        f"{'Source':<20}{titles}      taken       revision",
        *sources,
        "",
        f"{'Ecosystem':<20}{titles}",
        *(line.rstrip() for line in ecosystems),
        "",
        "fixed only: the source names what was fixed; what is not fixed is unknown.",
    ]


def _age(info: DatabaseInfo) -> int:
    return (wiring.clock().now() - datetime.fromisoformat(info.current)).days


def _done(path: str, info: DatabaseInfo) -> str:
    records = sum(one.records for one in info.sources)
    return f"{path}: {records:,} records, {os.path.getsize(path) / _MEBIBYTE:.1f} MiB"


def _say(line: str) -> None:
    """Progress: one line on stderr, so that stdout holds documents alone."""
    click.echo(line, file=sys.stderr)
