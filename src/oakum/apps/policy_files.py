"""Where policies come from: files, folders of them, or the set that comes with the program."""

import os
from collections.abc import Iterator, Sequence
from typing import Final

from oakum import decisions
from oakum.apps.toml_file import read_written
from oakum.kit.errors import ConfigurationError

STARTER: Final = "starter"
"""The name of the set that comes with the program."""

_FILES: Final = 1_000


def policy_files(names: Sequence[str]) -> dict[str, bytes]:
    """The content of every policy file that is named: a file, a folder's ``*.yaml``, or ``starter``.

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


def _paths(name: str) -> Iterator[tuple[str, str]]:
    if name == STARTER and not os.path.exists(name):
        yield STARTER, os.path.join(os.path.dirname(decisions.__file__), "starter.yaml")
    elif os.path.isdir(name):
        found = sorted(one for one in os.listdir(name) if one.endswith((".yaml", ".yml")))
        if not found:
            raise ConfigurationError(f"{name} holds no *.yaml")
        yield from ((os.path.join(name, one), os.path.join(name, one)) for one in found)
    else:
        yield name, name
