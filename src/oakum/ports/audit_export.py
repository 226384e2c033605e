"""The export of the audit trail's head, as its verification asks for it."""

from collections.abc import Iterator
from typing import Protocol

from oakum.model.ledger import SignedHead


class AuditExport(Protocol):
    """Signed heads in a place that the server cannot rewrite; a sync port."""

    def heads(self) -> Iterator[tuple[int, SignedHead | None]]:
        """Each line's number with its head where the signature is genuine, else with None.

        Raises:
            UnreadableError: there is no export, or it cannot be read.
        """
        ...
