from datetime import UTC, datetime

import msgspec

from oakum.effects.notifiers.slack import slack
from oakum.model.api import Receiver
from oakum.model.ledger import Notice

NOW = datetime(2026, 11, 25, tzinfo=UTC)
RECEIVER = Receiver("r", "slack", "https://hooks.example/x")


def test_blocks_hold_title_text_and_facts_within_slacks_bounds() -> None:
    notice = Notice("k", "drift", "t" * 500, "x" * 9_000, facts={f"n{n}": "v" * 5_000 for n in range(30)})
    document = msgspec.json.decode(slack.write(notice, RECEIVER, NOW).body)
    header, text, fields = document["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert len(text["text"]["text"]) <= 3_000
    assert len(fields["fields"]) <= 10
    assert all(len(one["text"]) <= 2_000 for one in fields["fields"])


def test_names_of_images_mention_nobody_and_link_nowhere() -> None:
    notice = Notice("k", "drift", "<!channel> & co", "<https://evil.example|click>\x1b[31m", facts={"a<": ">b"})
    body = slack.write(notice, RECEIVER, NOW).body.decode()
    assert body.count("<") == 1  # in the header, which is plain text to Slack
    assert "\x1b" not in body
    assert "&lt;!channel&gt; &amp; co" in body
