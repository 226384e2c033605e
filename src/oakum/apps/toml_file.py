"""Files that people write for Oakum: read within bounds, and as TOML."""

from typing import Any

from oakum.kit.errors import ConfigurationError
from oakum.kit.limits import CONFIGURATION_BYTES


def read_toml(path: str) -> tuple[dict[str, Any], list[str]]:
    """What the file holds, and its lines, which messages name.

    Raises:
        ConfigurationError: it cannot be read, or is no TOML.
    """
    import tomllib  # noqa: PLC0415 - most commands find no such file

    data = read_written(path)
    try:
        text = data.decode("utf-8")
        return tomllib.loads(text), text.splitlines()
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: {error or 'it is nested too deep'}") from None


def read_written(path: str, most: int = CONFIGURATION_BYTES) -> bytes:
    """What a file holds.

    Raises:
        ConfigurationError: it cannot be read, or is larger than anybody writes.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise ConfigurationError(f"{path} is larger than {most} bytes")
    return data
