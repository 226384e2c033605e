"""The notifier ``slack``."""

from datetime import datetime
from typing import Any, Final

import msgspec

from oakum.effects.escape import visible
from oakum.effects.notifier import Message, notifier
from oakum.model.api import Receiver
from oakum.model.ledger import Notice

_HEADER: Final = 150
_SECTION: Final = 2_900
_FIELD: Final = 1_900
_FIELDS: Final = 10
"""Slack's own bounds (Block Kit reference: header, section)."""


@notifier(version=1)
def slack(notice: Notice, receiver: Receiver, now: datetime) -> Message:
    """The notice in the form of Slack's incoming webhooks.

    Slack takes ``&``, ``<`` and ``>`` for its own marks in text, so these are escaped as it asks; names from images
    mention nobody and link nowhere. Mattermost and Rocket.Chat read the same form.
    """
    del receiver, now
    title = _cut(visible(notice.title), _HEADER)
    blocks: list[dict[str, Any]] = [{"type": "header", "text": {"type": "plain_text", "text": title}}]
    if notice.text:
        lines = "\n".join(visible(line) for line in notice.text.splitlines())
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": _cut(_escaped(lines), _SECTION)}})
    fields = [
        {"type": "mrkdwn", "text": _cut(f"*{_escaped(visible(name))}*\n{_escaped(visible(value))}", _FIELD)}
        for name, value in list(notice.facts.items())[:_FIELDS]
    ]
    if fields:
        blocks.append({"type": "section", "fields": fields})
    body = msgspec.json.encode({"text": _escaped(title), "blocks": blocks})
    return Message(body, {"Content-Type": "application/json", "Idempotency-Key": notice.key})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
