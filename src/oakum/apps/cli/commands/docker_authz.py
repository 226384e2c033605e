"""The command ``oakum docker-authz``."""

import os

import click

from oakum.kit.errors import ConfigurationError, UsageError

_SOCKET = "/run/docker/plugins/oakum.sock"
_ENGINE = "/var/run/docker.sock"
_STARTED = "/run/oakum/started"


@click.command()
@click.option("--snapshot", required=True, metavar="FILE", help="What to decide from; see oakum snapshot.")
@click.option("--socket", metavar="PATH", default=_SOCKET, show_default=True, help="Where the engine calls.")
@click.option("--engine", metavar="PATH", default=_ENGINE, show_default=True, help="Socket of the Docker engine.")
@click.option("--environment", metavar="NAME", default="", help="Of this host, for the scope of policies.")
@click.option("--started", metavar="DIR", default=_STARTED, show_default=True, help="What the agent is told.")
def docker_authz(snapshot: str, socket: str, engine: str, environment: str, started: str) -> None:
    """Authorize what a Docker engine is asked to start, by policies.

    \b
    Start it before the engine, which names it by its socket:
        oakum snapshot docker:shop:1.4 -o /var/lib/oakum/snapshot
        oakum docker-authz --snapshot /var/lib/oakum/snapshot
        dockerd --authorization-plugin oakum
    It fails closed: without a current snapshot nothing starts, and while it
    is not running the engine refuses every call.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.dockerauthz.supervisor import supervise  # noqa: PLC0415 - only here

    if not os.path.isabs(socket):
        raise UsageError(f"{socket}: the socket needs a whole path")
    if not os.path.exists(snapshot):
        raise ConfigurationError(f"{snapshot} is not there", hint="oakum snapshot TARGET... -o FILE writes one")
    click.echo(f"oakum: listening at {socket}", err=True)
    words = (os.path.abspath(snapshot), engine, environment, os.path.abspath(started))
    supervise(socket, words, lambda said: click.echo(f"oakum: {said}", err=True))
