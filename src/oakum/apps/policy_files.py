"""Where policies come from: files, folders of them, or the set that comes with the program."""

import os
import re
from collections.abc import Iterator, Sequence
from typing import Final

from oakum import decisions
from oakum.apps.toml_file import read_written
from oakum.kit.errors import ConfigurationError

STARTER: Final = "starter"
"""The name of the set that a team can turn on the first day."""

_SETS: Final = (STARTER, "strict")
_FILES: Final = 1_000
_BUILTIN: Final = os.path.join(os.path.dirname(decisions.__file__), "builtin")


def policy_files(names: Sequence[str]) -> dict[str, bytes]:
    """The content of every policy file that is named: a file, a folder's ``*.yaml``, a set, or one that comes along.

    Raises:
        ConfigurationError: one cannot be read, or a folder holds none.
    """
    files: dict[str, bytes] = {}
    for name in names:
        for shown, path in _paths(name):
            files[shown] = read_written(path)
            if len(files) > _FILES:
                raise ConfigurationError(f"{name}: more than {_FILES} policy files")
    return files


def builtin_names() -> tuple[str, ...]:
    """The names of the policies that come with the program."""
    return tuple(sorted(one.removesuffix(".yaml") for one in os.listdir(_BUILTIN) if one.endswith(".yaml")))


def set_text(name: str) -> str:
    """The policies of a set as one text, without their tests."""
    texts = [data.decode().partition("\ntests:\n")[0] + "\n" for data in policy_files([name]).values()]
    return "---\n".join(texts)


def _paths(name: str) -> Iterator[tuple[str, str]]:
    if name in _SETS and not os.path.exists(name):
        for one in builtin_names():
            path = os.path.join(_BUILTIN, f"{one}.yaml")
            if _in_set(path, name):
                yield f"{name}/{one}.yaml", path
    elif not os.path.exists(name) and name in builtin_names():
        yield f"{name}.yaml", os.path.join(_BUILTIN, f"{name}.yaml")
    elif os.path.isdir(name):
        found = sorted(one for one in os.listdir(name) if one.endswith((".yaml", ".yml")))
        if not found:
            raise ConfigurationError(f"{name} holds no *.yaml")
        yield from ((os.path.join(name, one), os.path.join(name, one)) for one in found)
    else:
        yield name, name


def _in_set(path: str, name: str) -> bool:
    """By the text alone: to know which policies are meant, none of them has to be parsed."""
    with open(path, "rb") as file:
        return _line_of(name).search(file.read()) is not None


def _line_of(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"^sets: \[[a-z, -]*\b%s\b[a-z, -]*\]$" % name.encode(), re.MULTILINE)
