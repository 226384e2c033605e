"""What is kept of a database's updates, as an update asks for it."""

from typing import Protocol

from oakum.model.update_state import UpdateState


class UpdateStates(Protocol):
    """The state of one database's last update; a sync port."""

    def read(self) -> UpdateState | None:
        """The state, where the database is still, byte for byte, the one that it speaks of."""
        ...

    def write(self, state: UpdateState) -> None:
        """Keep a state of the database as it is now.

        Raises:
            TryLaterError: there is no room.
            NotPermittedError: the place cannot be written.
        """
        ...
