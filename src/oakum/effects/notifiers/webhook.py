"""The notifier ``webhook``."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

import msgspec

from oakum.effects.notifier import Message, notifier
from oakum.model.api import Receiver
from oakum.model.ledger import Notice


@notifier(version=1)
def webhook(notice: Notice, receiver: Receiver, now: datetime) -> Message:
    """The notice as JSON, signed.

    ``X-Oakum-Signature: t=SECONDS,v1=HEX``: HMAC-SHA256 by the receiver's secret over ``SECONDS.BODY``. Whoever checks
    it also checks that the time is near, so that nobody sends an old notice again. ``Idempotency-Key`` is the same for
    each try of the same notice.
    """
    document: dict[str, Any] = {"version": 1, **msgspec.to_builtins(notice)}
    body = msgspec.json.encode(document, order="sorted")
    headers = {"Content-Type": "application/json", "Idempotency-Key": notice.key}
    if receiver.secret:
        at = int(now.timestamp())
        signed = hmac.new(receiver.secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        headers["X-Oakum-Signature"] = f"t={at},v1={signed}"
    return Message(body, headers)
