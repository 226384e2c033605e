"""Tell people: what goes to a receiver, and when it is tried again."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from oakum.effects.notifier import NOTIFIERS, Message
from oakum.kit.errors import UsageError
from oakum.model.api import Receiver
from oakum.model.ledger import Delivery
from oakum.ports.ledger import Ledger

_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 900.0
_DEAD_AFTER: Final = timedelta(hours=24)
_NAME_CHARACTERS: Final = 100
_URL_CHARACTERS: Final = 2_000


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


def message_for(delivery: Delivery, receiver: Receiver, now: datetime) -> Message:
    """What is posted for a delivery.

    Raises:
        UsageError: there is no such notifier.
    """
    return NOTIFIERS.load(receiver.notifier).write(delivery.notice, receiver, now)


def failed(ledger: Ledger, delivery: Delivery, why: str, now: datetime) -> None:
    """Try later: each time twice as long, within a fourth at random, so that receivers are not all asked at once."""
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(delivery.tries, 12))
    wait *= 0.75 + secrets.randbelow(1_000) / 2_000
    began = datetime.fromisoformat(delivery.notice.at) if delivery.notice.at else now
    dead = now - began > _DEAD_AFTER
    ledger.failed(delivery.id, why, (now + timedelta(seconds=wait)).isoformat(), dead=dead)
