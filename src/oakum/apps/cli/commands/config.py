"""The command ``oakum config``."""

import json
from collections.abc import Iterator

import click

from oakum.apps.settings import ConfigurationFile, Setting, configuration_files, options, settings
from oakum.kit.errors import UsageError

Row = tuple[str, object, str]


@click.command()
@click.argument("command", required=False)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def config(command: str | None, form: str) -> None:
    """Show every setting, and where it was chosen.

    \b
    The order of strength, the strongest first:
        an option that is given
        the environment: OAKUM_SCAN_FAIL_ON=high, OAKUM_DB_UPDATE_FROM=./osv
        oakum.toml in the folder where the command runs
        ~/.config/oakum/oakum.toml
    OAKUM_CONFIG names one file to read instead of both; empty, none is read.

    \b
    Examples:
        oakum config
        oakum config scan -f json
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    files = configuration_files()
    root = click.get_current_context().find_root().command
    rows = list(_rows(root, command, files))
    if not rows:
        raise UsageError(f"no command is named {command!r}")
    if form == "json":
        click.echo(json.dumps([{"option": name, "value": value, "origin": origin} for name, value, origin in rows]))
        return
    width = max(len(name) + len(_text(value)) for name, value, _ in rows) + 3
    for name, value, origin in rows:
        click.echo(f"{f'{name} = {_text(value)}':<{width}}  # {origin}")


def _rows(root: click.Command, wanted: str | None, files: list[ConfigurationFile]) -> Iterator[Row]:
    """Every option of the wanted commands with its value and its origin."""
    for name, command in _commands(root, ""):
        if wanted is not None and name.split(".")[0] != wanted:
            continue
        chosen = settings(name, command, files)
        for key, option in options(command):
            setting = chosen.get(key) or Setting(_default(option), "default")
            yield f"{name}.{key}", setting.value, setting.origin


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner is not None:
            yield from _commands(inner, f"{path}.{name}".lstrip("."))


def _default(option: click.Option) -> object:
    value = option.to_info_dict()["default"]
    return value if isinstance(value, str | bool | int | float) else None


def _text(value: object) -> str:
    return "(not set)" if value is None else json.dumps(value)
