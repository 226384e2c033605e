"""What the server's processes are told: one variable of the environment, since their parents can give no words."""

import os
from typing import Final

import msgspec
from msgspec import Struct

VARIABLE: Final = "OAKUM_SERVER_SETTINGS"
SNAPSHOT: Final = "snapshot"
"""The file in the state folder that gates decide from."""


class Settings(Struct, frozen=True):
    """How the server runs.

    Attributes:
        state: folder of the stores.
        address: to listen at.
        port: to listen at.
        database: the advisories, as ``--db`` takes them.
        certificate: path of a PEM file, or empty: without TLS.
        key: path of a PEM file.
    """

    state: str
    address: str = "127.0.0.1"
    port: int = 8440
    database: str = ""
    certificate: str = ""
    key: str = ""

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by TLS."""
        return bool(self.certificate)

    @property
    def url(self) -> str:
        """Where it is reached from this machine."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http{'s' if self.secure else ''}://{host}:{self.port}"


def given() -> Settings:
    """What this process was told."""
    return msgspec.json.decode(os.environ[VARIABLE], type=Settings)


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process of the server."""
    return {**os.environ, VARIABLE: msgspec.json.encode(settings).decode()}
