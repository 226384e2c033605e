"""The three stores in memory, for tests that are about something else; the contract of the real ones holds for them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from oakum.kit.errors import UnreadableError
from oakum.model.event import Event
from oakum.model.judgement import Judgement
from oakum.model.ledger import AuditEntry, Delivery, Notice, Token, entry_hash
from oakum.testing.memory_fleet import MemoryFleet
from oakum.testing.pages import page

__all__ = ["MemoryEvents", "MemoryFleet", "MemoryLedger"]


class MemoryLedger:
    """Implements ``ports.ledger.Ledger``; nothing outlives it.

    Args:
        now: tells the time.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Nothing is there yet."""
        self.trouble = ""
        self._now = now
        self._judgements: dict[str, tuple[Judgement, bytes]] = {}
        self._audit: list[AuditEntry] = []
        self._deliveries: dict[int, Delivery] = {}
        self._tokens: dict[str, Token] = {}
        self._settings: dict[str, str] = {}

    @contextmanager
    def together(self) -> Iterator[object]:
        """Undo everything when something inside fails."""
        saved = {name: copy(value) for name, value in vars(self).items()}
        try:
            yield None
        except BaseException:
            vars(self).update(saved)
            raise

    def keep_judgement(self, judgement: Judgement, subject: bytes) -> None:
        """Keep a judgement with its subject, once."""
        self._judgements.setdefault(judgement.id, (judgement, subject))

    def judgement(self, id_: str) -> tuple[Judgement, bytes] | None:
        """A judgement with its subject, or None."""
        return self._judgements.get(id_)

    def count_judgements(self, outcome: str, since: str) -> int:
        """How many judgements had this outcome since a moment."""
        return sum(
            one.stage != "run" and one.outcome == outcome and not _earlier(one.made or one.at, since)
            for one, _ in self._judgements.values()
        )

    def outcomes(self, image_ids: Collection[str]) -> dict[str, str]:
        """The outcome of the newest judgement of each image that has one."""
        return {
            one.image_id: one.outcome
            for one, _ in self._judgements.values()
            if one.image_id in image_ids and one.stage != "run"
        }

    def judgements(
        self, *, after: str = "", limit: int = 100, outcome: str = "", image_id: str = ""
    ) -> tuple[list[Judgement], str]:
        """The newest first, with the cursor of the next page."""
        newest = [
            one
            for one, _ in reversed(self._judgements.values())
            if outcome in ("", one.outcome) and image_id in ("", one.image_id)
        ]
        return page(newest, after, limit)

    def audit(self, actor: str, action: str, target: str, detail: dict[str, Any]) -> AuditEntry:
        """Append to the audit trail."""
        before = self._audit[-1].hash if self._audit else "0" * 64
        entry = AuditEntry(len(self._audit) + 1, self._now().isoformat(), actor, action, target, detail, before)
        self._audit.append(replace(entry, hash=entry_hash(entry)))
        return self._audit[-1]

    def head(self) -> AuditEntry | None:
        """The last entry of the audit trail, or None."""
        return self._audit[-1] if self._audit else None

    def trail(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        """Entries in order, from the one after a number on."""
        return self._audit[after : after + limit]

    def enqueue(self, notice: Notice, receivers: tuple[str, ...]) -> int:
        """Put a notice into the outbox of each receiver that has not got it."""
        had = {one.receiver for one in self._deliveries.values() if one.notice.key == notice.key}
        kept = next((one.notice for one in self._deliveries.values() if one.notice.key == notice.key), notice)
        new = [one for one in dict.fromkeys(receivers) if one not in had]
        for receiver in new:
            number = len(self._deliveries) + 1
            self._deliveries[number] = Delivery(number, receiver, kept, due=notice.at)
        return len(new)

    def due(self, now: str, limit: int = 100) -> list[Delivery]:
        """Deliveries that wait and may be tried now, the oldest first; each is leased for a minute."""
        ready = [one for one in self._deliveries.values() if one.state == "waiting" and _before(one.due, now)]
        handed = sorted(ready, key=lambda one: (one.due, one.id))[:limit]
        leased = (datetime.fromisoformat(now) + timedelta(minutes=1)).isoformat()
        self._deliveries.update((one.id, replace(one, due=leased)) for one in handed)
        return handed

    def deliveries(self, *, state: str = "", limit: int = 100) -> list[Delivery]:
        """Deliveries of any state, the newest first."""
        return [one for one in reversed(self._deliveries.values()) if state in ("", one.state)][:limit]

    def delivered(self, id_: int) -> None:
        """A receiver has taken it."""
        self._change(id_, state="delivered", error="")

    def failed(self, id_: int, error: str, due: str, *, dead: bool) -> None:
        """A receiver has not; try again later, or never."""
        self._change(id_, state="dead" if dead else "waiting", error=error, due=due)

    def keep_token(self, token: Token) -> None:
        """Keep a token, or its change."""
        self._tokens[token.name] = token

    def token(self, hash_: str) -> Token | None:
        """The token with this hash, also when it is revoked or has expired."""
        return next((one for one in self._tokens.values() if one.hash == hash_), None)

    def drop_token(self, name: str) -> None:
        """Keep a token no longer."""
        self._tokens.pop(name, None)

    def tokens(self) -> list[Token]:
        """Every token, by name."""
        return [self._tokens[name] for name in sorted(self._tokens)]

    def setting(self, name: str) -> str:
        """A setting of the server, or empty."""
        return self._settings.get(name, "")

    def settings(self, prefix: str) -> dict[str, str]:
        """The settings whose names begin so, by name."""
        return {name: self._settings[name] for name in sorted(self._settings) if name.startswith(prefix)}

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        self._settings[name] = value

    def forget(self, before: str) -> int:
        """Remove judgements and ended deliveries from before a moment; the audit trail stays whole."""
        had = len(self._judgements) + len(self._deliveries)
        self._judgements = {
            key: one for key, one in self._judgements.items() if not _earlier(one[0].made or one[0].at, before)
        }
        self._deliveries = {
            number: one
            for number, one in self._deliveries.items()
            if one.state == "waiting" or not _earlier(one.notice.at, before)
        }
        return had - len(self._judgements) - len(self._deliveries)

    def close(self) -> None:
        """Nothing is held."""

    def _change(self, id_: int, **values: Any) -> None:  # noqa: ANN401 - handed through
        one = self._deliveries[id_]
        if one.state == "waiting":
            self._deliveries[id_] = replace(one, tries=one.tries + 1, **values)


class MemoryEvents:
    """Implements ``ports.event_store.EventStore``; nothing outlives it."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        self._segments: dict[tuple[str, int], list[Event]] = {}
        self._reached: dict[tuple[str, str], int] = {}

    def append(self, host: str, run: str, events: Iterable[Event]) -> int:
        """Keep events of a host, each once; give how many were new."""
        reached = self._reached.get((host, run), -1)
        new = {one.sequence: one for one in events if one.sequence > reached}
        for one in new.values():
            if one.at < 0:
                raise UnreadableError(f"{one.at} is no time of an event")
        for one in new.values():
            self._segments.setdefault((host, one.at // 3_600_000_000_000), []).append(one)
        self._reached[host, run] = max(new, default=reached)
        return len(new)

    def events(self, *, host: str = "", container: str = "", since: int = 0, until: int = 0) -> Iterator[Event]:
        """In the order of time, from ``since`` to before ``until``."""
        fits = [
            one
            for (of, _), events in self._segments.items()
            for one in events
            if host in ("", of) and container in ("", one.container) and since <= one.at < (until or 1 << 63)
        ]
        yield from sorted(fits, key=lambda one: (one.at, one.host, one.sequence))

    def forget(self, before: int) -> int:
        """Remove segments that end before a moment; give how many."""
        had = len(self._segments)
        self._segments = {
            place: events for place, events in self._segments.items() if max(one.at for one in events) >= before
        }
        return had - len(self._segments)

    def close(self) -> None:
        """Nothing is held."""


def _before(due: str, now: str) -> bool:
    return not due or datetime.fromisoformat(due) <= datetime.fromisoformat(now)


def _earlier(at: str, before: str) -> bool:
    return not at or datetime.fromisoformat(at) < datetime.fromisoformat(before)
