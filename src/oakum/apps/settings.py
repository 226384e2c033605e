"""Settings: what the environment and configuration files say for options that were not given.

The order of strength is flags, environment, ``oakum.toml`` here, ``oakum.toml`` of the user.
Commands are not told where a value came from: they get it as the option's default, so every
option of every command can be set, and none has to be declared a second time.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import click

from oakum.apps.toml_file import read_toml
from oakum.kit.errors import ConfigurationError

FILE: Final = "oakum.toml"
CHOSEN: Final = "OAKUM_CONFIG"

Values = dict[str, Any]


class Setting:
    """A value that somebody chose beforehand.

    Attributes:
        value: as click is to take it.
        origin: where it was chosen, for people.
    """

    def __init__(self, value: Any, origin: str) -> None:  # noqa: ANN401 - options have values of many types
        """Keep both."""
        self.value = value
        self.origin = origin


class ConfigurationFile:
    """A file of settings.

    Attributes:
        path: as it was named.
        values: what it holds.
    """

    def __init__(self, path: str) -> None:
        """Read it.

        Raises:
            ConfigurationError: it cannot be read, or is no TOML.
        """
        self.path = path
        self.values, self._lines = read_toml(path)

    def place(self, section: str, key: str) -> str:
        """File and line of a key, for people."""
        inside = ""
        for number, line in enumerate(self._lines, 1):
            if head := re.match(r"\s*\[+\s*([^\]]*?)\s*\]", line):
                inside = head.group(1).replace('"', "")
            elif inside == section and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
                return f"{self.path}:{number}"
        return self.path


def configuration_files() -> list[ConfigurationFile]:
    """Every file that counts, the strongest first.

    Raises:
        ConfigurationError: one cannot be read, or is no TOML.
    """
    chosen = os.environ.get(CHOSEN)
    if chosen is not None:
        return [ConfigurationFile(chosen)] if chosen else []
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    paths = (FILE, os.path.join(home, "oakum", FILE))
    return [ConfigurationFile(path) for path in paths if os.path.exists(path)]


def defaults(name: str, command: click.Command, files: Sequence[ConfigurationFile]) -> Values:
    """What click is to take for options of a command that were not given, as its ``default_map`` has it.

    Raises:
        ConfigurationError: a file names an option that is not there, or gives it a value that it cannot have.
    """
    if isinstance(command, click.Group):
        return {inner: defaults(f"{name}.{inner}", one, files) for inner, one in command.commands.items()}
    found = settings(name, command, files)
    return {option.name: found[key].value for key, option in options(command) if key in found and option.name}


def options(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    """The options of a command by the names that settings call them: the long flag without its hyphens."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            long = next((flag for flag in parameter.opts if flag.startswith("--")), "")
            if long:
                yield long[2:], parameter


def settings(name: str, command: click.Command, files: Sequence[ConfigurationFile]) -> dict[str, Setting]:
    """The settings of a command: option -> what was chosen and where.

    Raises:
        ConfigurationError: as for ``defaults``.
    """
    known = dict(options(command))
    found: dict[str, Setting] = {}
    for file in reversed(files):
        for key, value in _section(file, name).items():
            place = file.place(name, key)
            found[key] = Setting(_checked(key, value, known, place), place)
    for key, option in known.items():
        variable = f"OAKUM_{name}_{key}".upper().replace("-", "_").replace(".", "_")
        if value := os.environ.get(variable):
            origin = f"environment {variable}"
            found[key] = Setting(_converted(value, option, origin), origin)
    return found


def refuse_unknown(file: ConfigurationFile, commands: Sequence[str]) -> None:
    """Refuse what belongs to no command.

    Raises:
        ConfigurationError: with the place and the nearest name that is there.
    """
    for key, value in file.values.items():
        if not isinstance(value, dict):
            hint = f"[scan]\n  {key} = ..."
            raise ConfigurationError(f"{file.place('', key)}: an option stands below its command", hint=hint)
        if key not in commands:
            raise _unknown(f"{file.path}: no command is named {key!r}", key, commands)


def _section(file: ConfigurationFile, name: str) -> Values:
    inside: Any = file.values
    for part in name.split("."):
        inside = inside.get(part, {})
        if not isinstance(inside, dict):
            raise ConfigurationError(f"{file.path}: [{name}] must be a table of options")
    return {key: value for key, value in inside.items() if not isinstance(value, dict)}


def _checked(key: str, value: Any, known: Mapping[str, click.Option], place: str) -> Any:  # noqa: ANN401 - as in TOML
    if key not in known:
        raise _unknown(f"{place}: no option is named {key!r}", key, list(known))
    option = known[key]
    if option.is_flag != isinstance(value, bool):
        raise ConfigurationError(f"{place}: {key} {'is true or false' if option.is_flag else 'is no flag'}")
    if isinstance(value, list) and not option.multiple:
        raise ConfigurationError(f"{place}: {key} takes one value, not several")
    return _converted(value, option, place)


def _converted(value: Any, option: click.Option, place: str) -> Any:  # noqa: ANN401 - as above
    """The value, held to the option's type; several where the option may be repeated."""
    every = value if isinstance(value, list) else [value]
    texts = [one if isinstance(one, bool) else str(one) for one in every]
    try:
        for one in texts:
            option.type.convert(one, option, None)
    except click.BadParameter as error:
        raise ConfigurationError(f"{place}: {error.message}") from None
    return texts if option.multiple else texts[0]


def _unknown(said: str, key: str, there: Sequence[str]) -> ConfigurationError:
    from difflib import get_close_matches  # noqa: PLC0415 - for mistakes alone

    near = get_close_matches(key, there, 1)
    return ConfigurationError(said, hint=f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(there)}")
