"""The ledger: decisions, waivers, the audit trail, what is to be told, and who may ask; a sync port."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Any, Protocol

from oakum.model.judgement import Judgement
from oakum.model.ledger import AuditEntry, Delivery, Notice, Token


class Ledger(Protocol):
    """Keeps what must not be lost. Every method that changes something is one transaction."""

    @property
    def trouble(self) -> str:
        """Why the audit trail's head could not be exported the last time, or empty."""
        ...

    def together(self) -> AbstractContextManager[object]:
        """Make all that this thread changes inside one transaction: a change, and its entry in the audit trail."""
        ...

    def keep_judgement(self, judgement: Judgement, subject: bytes) -> None:
        """Keep a judgement with its subject (zstd msgpack), once; the same id again changes nothing."""
        ...

    def judgement(self, id_: str) -> tuple[Judgement, bytes] | None:
        """A judgement with its subject, or None."""
        ...

    def judgements(
        self, *, after: str = "", limit: int = 100, outcome: str = "", image_id: str = ""
    ) -> tuple[list[Judgement], str]:
        """The newest first; the text is the cursor of the next page, empty at the end."""
        ...

    def count_judgements(self, outcome: str, since: str) -> int:
        """How many judgements of images, so of any stage but ``run``, had this outcome since a moment (ISO 8601)."""
        ...

    def outcomes(self, image_ids: Collection[str]) -> dict[str, str]:
        """The outcome of the newest judgement of each image that has one, at any stage but ``run``."""
        ...

    def audit(self, actor: str, action: str, target: str, detail: dict[str, Any]) -> AuditEntry:
        """Append to the audit trail; give the entry with its number and hash."""
        ...

    def head(self) -> AuditEntry | None:
        """The last entry of the audit trail, or None."""
        ...

    def trail(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        """Entries in order, from the one after a number on."""
        ...

    def enqueue(self, notice: Notice, receivers: tuple[str, ...]) -> int:
        """Put a notice into the outbox of each receiver that has not got it; give how many are new."""
        ...

    def due(self, now: str, limit: int = 100) -> list[Delivery]:
        """Deliveries that wait and may be tried now, the oldest first; each is leased for a minute."""
        ...

    def deliveries(self, *, state: str = "", limit: int = 100) -> list[Delivery]:
        """Deliveries of any state, the newest first."""
        ...

    def delivered(self, id_: int) -> None:
        """A receiver has taken it."""
        ...

    def failed(self, id_: int, error: str, due: str, *, dead: bool) -> None:
        """A receiver has not; try again later, or never."""
        ...

    def keep_token(self, token: Token) -> None:
        """Keep a token, or its change."""
        ...

    def token(self, hash_: str) -> Token | None:
        """The token with this hash, also when it is revoked or has expired."""
        ...

    def drop_token(self, name: str) -> None:
        """Keep a token no longer; nothing where there is none of this name."""
        ...

    def tokens(self) -> list[Token]:
        """Every token, by name."""
        ...

    def setting(self, name: str) -> str:
        """A setting of the server (the policies that are on, receivers, registries), or empty."""
        ...

    def settings(self, prefix: str) -> dict[str, str]:
        """The settings whose names begin so, by name."""
        ...

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        ...

    def forget(self, before: str) -> int:
        """Remove judgements and ended deliveries from before a moment; give how many.

        The audit trail stays whole, and so does every subject that a kept judgement rests on.
        """
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...
