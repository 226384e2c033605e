"""Tells people: what the outbox holds goes to its receivers, at least once, whatever happens to us or to them."""

import asyncio
from typing import Final

from oakum.flows.open_incident import every_receiver
from oakum.flows.tell import failed, message_for
from oakum.kit.errors import OakumError, TryLaterError
from oakum.model.api import Receiver
from oakum.model.ledger import Delivery
from oakum.ports.clock import Clock
from oakum.ports.ledger import Ledger
from oakum.ports.telling import Telling

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


async def _one(delivery: Delivery, known: dict[str, Receiver], ledger: Ledger, world: tuple[Telling, Clock]) -> bool:
    telling, clock = world
    receiver = known.get(delivery.receiver)
    if receiver is None:
        await asyncio.to_thread(ledger.failed, delivery.id, "there is no such receiver any more", "", dead=True)
        return False
    try:
        message = message_for(delivery, receiver, clock.now())
        status = await telling.post(receiver.url, message.headers, message.body)
        if status not in _TAKEN:
            raise TryLaterError(f"the receiver answered {status}")
    except OakumError as error:
        await asyncio.to_thread(failed, ledger, delivery, str(error), clock.now())
        return False
    await asyncio.to_thread(ledger.delivered, delivery.id)
    return True
