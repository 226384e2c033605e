import hashlib
import hmac
from datetime import UTC, datetime

import msgspec

from oakum.effects.notifiers.webhook import webhook
from oakum.model.api import Receiver
from oakum.model.ledger import Notice

NOW = datetime(2026, 11, 25, tzinfo=UTC)
NOTICE = Notice("drift-1", "drift", "shop differs", "started /x", "/incidents/drift-1", facts={"owner": "team"})


def test_the_body_is_the_notice_and_the_signature_is_over_time_and_body() -> None:
    message = webhook.write(NOTICE, Receiver("r", "webhook", "https://r.example", "key"), NOW)
    document = msgspec.json.decode(message.body)
    assert (document["version"], document["key"], document["facts"]) == (1, "drift-1", {"owner": "team"})
    at = int(NOW.timestamp())
    signed = hmac.new(b"key", f"{at}.".encode() + message.body, hashlib.sha256).hexdigest()
    assert message.headers["X-Oakum-Signature"] == f"t={at},v1={signed}"
    assert message.headers["Idempotency-Key"] == "drift-1"


def test_without_a_secret_nothing_is_signed() -> None:
    assert "X-Oakum-Signature" not in webhook.write(NOTICE, Receiver("r", "webhook", "https://r.example"), NOW).headers
