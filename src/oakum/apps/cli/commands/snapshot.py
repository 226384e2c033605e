"""The command ``oakum snapshot``."""

import click

from oakum.apps.cli.registry_options import Option, registry_options


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("-o", "--output", required=True, metavar="FILE", help="The snapshot to write.")
@click.option("-p", "--policy", "policies", multiple=True, metavar="PATH", help="File, folder, or starter (default).")
@click.option("--greatest-age", default=24, show_default=True, metavar="HOURS", type=click.IntRange(1, 8760),
              help="How long gates may rely on it.")  # fmt: skip
@click.option("--trusted-key", "trusted_keys", multiple=True, metavar="FILE", help="Look for signatures by this key.")
@click.option("--trust", metavar="FILE", default="", help="Trust rules: who must vouch for which images.")
@click.option("--db", metavar="PATH", default="", help="The advisory database: PATH, sha256:..., PATH@sha256:...")
@click.option("--ignore-file", metavar="FILE", default="", help="Accepted findings; default: ./oakum-ignore.toml.")
@registry_options
@click.option("--no-cache", is_flag=True, help="Read everything anew and keep nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--debug", is_flag=True, help="Say what is done, with the time of each stage.")
def snapshot(targets: tuple[str, ...], greatest_age: int, **options: Option) -> int:
    """Write what gates decide from: policies, and what is known of images.

    \b
    oakum docker-authz reads it; a new one takes over at once:
        oakum snapshot docker:shop:1.4 docker:proxy:2 -o /var/lib/oakum/snapshot
        oakum snapshot registry:registry.example/shop:1.4 -o /var/lib/oakum/snapshot
    An image that is not in it is unknown, and policies that look into images
    refuse it.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.snapshotting import run_snapshot  # noqa: PLC0415 - help is answered without the scan's imports

    return run_snapshot(targets, greatest_age, options)
