"""The command ``oakum trust``."""

import click

from oakum.apps.cli.server_options import server_options


@click.group()
def trust() -> None:
    """Say which images are trusted, and who must vouch for them.

    \b
    FILE (docs/reference/trust.md):
        oakum: trust/1
        rules:
          - name: our builds
            images: ["registry.example/team/**"]
            keys: [team.pub]
    """  # noqa: D301 - click's mark of a paragraph that stays as it is


@trust.command()
@click.argument("file")
def check(file: str) -> None:
    """Read a file of trust rules, with the keys and the root that it names.

    \b
    Exit codes: 0 it can be used, 78 a mistake.
    """  # noqa: D301 - as above
    from oakum.apps.cli.trusting import run_check  # noqa: PLC0415 - help is answered without it

    run_check(file)


@trust.command("set")
@click.argument("file")
@server_options
def set_(file: str, server: str, token_file: str, ca: str) -> None:
    """Give a server other trust rules; it looks at every image of its registries again."""
    from oakum.apps.cli.trusting import run_set  # noqa: PLC0415 - as above

    run_set(file, (server, token_file, ca))


@trust.command()
@server_options
def show(server: str, token_file: str, ca: str) -> None:
    """Print the trust rules of a server, as JSON."""
    from oakum.apps.cli.trusting import run_show  # noqa: PLC0415 - as above

    run_show((server, token_file, ca))
