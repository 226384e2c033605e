"""Write docs/reference/cli.md out of the help texts; a test compares the page with them."""

import os
import sys
from collections.abc import Iterator

import click

from oakum.apps.cli.group import oakum

PAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "reference", "cli.md")

HEAD = """\
# Commands

What `--help` says of each command. This page is written by `make cli-reference`; edit the help texts, not the page.
[Exit codes](exit-codes.md) and the [report](report.md) have pages of their own.

| Variable | Means |
|---|---|
| `OAKUM_CACHE_DIR` | the folder of the cache and of the database; default: `oakum` in `XDG_CACHE_HOME` or `~/.cache` |
| `OAKUM_DB` | the advisory database; default: `advisories.db` in the cache folder |
| `OAKUM_DB_SOURCE` | where `oakum db update` fetches from |
| `DOCKER_HOST` | where the Docker engine listens; default: `unix:///var/run/docker.sock` |
| `DOCKER_TLS_VERIFY`, `DOCKER_CERT_PATH` | ask it over TLS, with the certificates there; default: `~/.docker` |
| `SOURCE_DATE_EPOCH` | the moment of the report, in seconds since 1970: the same scan gives the same bytes |
| `NO_COLOR` | no colours, even at a terminal |
| `OAKUM_DEBUG` | a bug of ours shows its traceback |
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_sections(oakum, _context(oakum, "oakum", None)))


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"\n## {context.command_path}\n\n```text\n{context.get_help()}\n```\n"
    if not isinstance(command, click.Group):
        return
    for name in sorted(command.list_commands(context)):
        child = command.get_command(context, name)
        if child is not None:
            yield from _sections(child, _context(child, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return click.Context(command, info_name=name, parent=parent, terminal_width=80, **command.context_settings)


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.write(page())
    else:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page())
