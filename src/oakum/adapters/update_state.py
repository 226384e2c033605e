"""What the last update of a database saw, in a small file beside the database.

The database itself is never written to; the file says when its sources were last compared
with where they come from, and what a server said of each file so that it is not fetched twice.
"""

import hashlib
import os
from typing import Final

import msgspec
from msgspec import Struct

from oakum.adapters.replacing import put_in_place, remove, troubles
from oakum.model.update_state import UpdateState

_SUFFIX: Final = ".state"
_STATE_BYTES: Final = 4 << 20


class _Whole(Struct, frozen=True):
    """The file: the state, and the SHA-256 of the database that it speaks of."""

    database: str
    state: UpdateState


class StateFile:
    """The file form of ``ports.update_states.UpdateStates``.

    Args:
        path: of the database.
    """

    def __init__(self, path: str) -> None:
        """Read nothing yet."""
        self._database = os.path.abspath(path)
        self._path = self._database + _SUFFIX

    def read(self) -> UpdateState | None:
        """The state, where the database is still, byte for byte, the one that it speaks of."""
        found = _read(self._path)
        whole = found is not None and found.database and _hash(self._database) == found.database
        return found.state if found is not None and whole else None

    def write(self, state: UpdateState, *, vouched: bool = True) -> None:
        """Keep a state of the database as it is now.

        Without ``vouched`` only its times are believed: no update carries rows of that database over.
        """
        temporary = f"{self._path}.{os.getpid()}.new"
        content = msgspec.json.encode(_Whole(_hash(self._database) if vouched else "", state))
        with troubles(self._path):
            try:
                with open(temporary, "wb") as file:
                    file.write(content)
                put_in_place(temporary, self._path)
            except BaseException:
                remove(temporary)
                raise


def checked(path: str, digest: str) -> str:
    """When the database of that identity was last compared with its sources; empty where nothing says so."""
    found = _read(os.path.abspath(path) + _SUFFIX)
    return found.state.checked if found is not None and found.state.digest == digest else ""


def _read(path: str) -> _Whole | None:
    try:
        with open(path, "rb") as file:
            return msgspec.json.decode(file.read(_STATE_BYTES), type=_Whole)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _hash(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
