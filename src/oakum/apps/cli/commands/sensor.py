"""The command ``oakum sensor``."""

import click


@click.command()
@click.option("--container", metavar="ID", default="", help="Only this container: its id, or how the id begins.")
@click.option("--kinds", metavar="LIST", default="exec,exit,write,connect,container", show_default=True,
              help="What to look at.")  # fmt: skip
@click.option("--seconds", metavar="N", type=click.IntRange(1), help="Stop after so long; default: when interrupted.")
@click.option("-f", "--format", "form", type=click.Choice(["lines", "json"]), default="lines", show_default=True,
              help="How events are printed; json is one object per line.")  # fmt: skip
@click.option("--host", is_flag=True, help="Also what the host's own processes do.")
def sensor(container: str, kinds: str, seconds: int | None, form: str, *, host: bool) -> int:
    """Watch what containers do, as the kernel sees it.

    \b
    Programs that start and end, files that are opened for writing, and
    connections, with the container, the parents and the person's login:
        oakum sensor --seconds 60
        oakum sensor --container 3f0c --kinds exec,write -f json
    It needs root. What it can see on this host, and what it cannot, it says
    on standard error when it starts.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.sensing import run_sensor  # noqa: PLC0415 - help is answered without it

    return run_sensor((container, kinds, seconds), form, host_too=host)
