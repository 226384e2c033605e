"""Where policies come from: files, folders of them, or the set that comes with the program."""

import os
from collections.abc import Iterator, Sequence
from typing import Final

from oakum import decisions
from oakum.kit.errors import ConfigurationError
from oakum.kit.limits import CONFIGURATION_BYTES

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
            files[shown] = _read(path)
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


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(CONFIGURATION_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > CONFIGURATION_BYTES:
        raise ConfigurationError(f"{path} is larger than {CONFIGURATION_BYTES} bytes")
    return data
