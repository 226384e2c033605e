"""The command ``oakum agent``."""

import os

import click

from oakum.apps.cli.server_options import server_options
from oakum.kit.errors import UsageError

_STATE = "/var/lib/oakum-agent"
_ENGINE = "/var/run/docker.sock"
_STARTED = "/run/oakum/started"


@click.command()
@server_options
@click.option("--state", metavar="DIR", default=_STATE, show_default=True, help="What it keeps for itself.")
@click.option("--engine", metavar="PATH", default=_ENGINE, show_default=True, help="Socket of the Docker engine.")
@click.option("--started", metavar="DIR", default=_STARTED, show_default=True, help="What docker-authz tells.")
@click.option("--environment", metavar="NAME", default="", help="Of this host, for the scope of policies.")
def agent(server: str, token_file: str, ca: str, **options: str) -> None:
    """Guard this host: know its containers, see where one differs from its image.

    Run it as root. It reports to a server; while that is away, what it sees waits
    on the disk. Where the kernel refuses its sensor it says what it cannot see.

    \b
    Example:
        oakum token create node7 --role agent
        oakum agent --server https://oakum.example:8440 --token-file /etc/oakum/token
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.agent.program import run  # noqa: PLC0415 - help is answered without it
    from oakum.apps.agent.settings import AgentSettings  # noqa: PLC0415 - as above
    from oakum.apps.cli.server_options import token_of  # noqa: PLC0415 - as above

    if not server:
        raise UsageError("nothing says which server the agent reports to", hint="--server URL, or OAKUM_SERVER")
    state = os.path.abspath(options["state"])
    token = token_of(token_file)
    places = options["engine"], os.path.abspath(options["started"])
    settings = AgentSettings(server, token, ca, state, *places, options["environment"])
    run(settings, lambda said: click.echo(f"oakum: {said}", err=True))
