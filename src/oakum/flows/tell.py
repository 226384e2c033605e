"""Tell people: what the outbox holds goes to its receivers, at least once, whatever happens to us or to them."""

import asyncio
import secrets
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from oakum.effects.notifier import NOTIFIERS
from oakum.flows.open_incident import every_receiver
from oakum.kit.errors import OakumError, TryLaterError, UsageError
from oakum.model.api import Receiver
from oakum.model.ledger import Delivery
from oakum.ports.clock import Clock
from oakum.ports.ledger import Ledger
from oakum.ports.telling import Telling

_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 900.0
_DEAD_AFTER: Final = timedelta(hours=24)
_NAME_CHARACTERS: Final = 100
_URL_CHARACTERS: Final = 2_000
_TAKEN: Final = range(200, 300)


async def tell(ledger: Ledger, telling: Telling, clock: Clock) -> int:
    """Try every delivery that is due; give how many were taken.

    Each is leased for a minute by the ledger, so that another process, or the next try of this one after its end,
    repeats only what was in flight.
    """
    due = await asyncio.to_thread(ledger.due, clock.now().isoformat())
    known = {one.name: one for one in await asyncio.to_thread(every_receiver, ledger)} if due else {}
    told = await asyncio.gather(*(_one(delivery, known, ledger, (telling, clock)) for delivery in due))
    return sum(told)


def check_receiver(receiver: Receiver) -> None:
    """Refuse a receiver that cannot be meant.

    Raises:
        UsageError: the name or the URL is off.
    """
    try:
        parts = urlsplit(receiver.url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"the URL of {receiver.name[:80]!r} is none: {error}") from None
    if parts.scheme not in {"http", "https"} or not host or len(receiver.url) > _URL_CHARACTERS or "@" in parts.netloc:
        raise UsageError(f"the URL of {receiver.name[:80]!r} is none that can be posted to", hint="https://HOST/PATH")
    if not receiver.name.strip() or len(receiver.name) > _NAME_CHARACTERS or not receiver.name.isprintable():
        raise UsageError(f"a receiver has a name of up to {_NAME_CHARACTERS} printable characters")


async def _one(delivery: Delivery, known: dict[str, Receiver], ledger: Ledger, world: tuple[Telling, Clock]) -> bool:
    telling, clock = world
    receiver = known.get(delivery.receiver)
    if receiver is None:
        await asyncio.to_thread(ledger.failed, delivery.id, "there is no such receiver any more", "", dead=True)
        return False
    try:
        message = NOTIFIERS.load(receiver.notifier).write(delivery.notice, receiver, clock.now())
        status = await telling.post(receiver.url, message.headers, message.body)
        if status not in _TAKEN:
            raise TryLaterError(f"the receiver answered {status}")
    except OakumError as error:
        await asyncio.to_thread(_failed, ledger, delivery, str(error), clock.now())
        return False
    await asyncio.to_thread(ledger.delivered, delivery.id)
    return True


def _failed(ledger: Ledger, delivery: Delivery, why: str, now: datetime) -> None:
    """Try later: each time twice as long, within a fourth at random, so that receivers are not all asked at once."""
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(delivery.tries, 12))
    wait *= 0.75 + secrets.randbelow(1_000) / 2_000
    began = datetime.fromisoformat(delivery.notice.at) if delivery.notice.at else now
    dead = now - began > _DEAD_AFTER
    ledger.failed(delivery.id, why, (now + timedelta(seconds=wait)).isoformat(), dead=dead)
