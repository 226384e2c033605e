import asyncio

import msgspec
from tests.support.api import Api, Posts

from oakum.apps.server.job import Work
from oakum.apps.server.jobs.deliver_notices import deliver_notices
from oakum.flows.open_incident import RECEIVERS
from oakum.model.api import Receiver
from oakum.model.ledger import Notice

HOOKS = [Receiver(name, "webhook", f"https://{name}.example/") for name in ("one", "two")]
NOTICE = Notice("k1", "drift", "a title", at="2026-11-25T12:00:00+00:00")


def started(work: Work) -> None:
    work.ledger.set_setting(RECEIVERS, msgspec.json.encode(HOOKS).decode())
    work.ledger.enqueue(NOTICE, ("one", "two", "gone"))


def run(work: Work) -> None:
    asyncio.run(deliver_notices.run(work))  # type: ignore[arg-type] # it is a coroutine


def states(work: Work) -> dict[str, str]:
    return {one.receiver: one.state for one in work.ledger.deliveries()}


def test_each_receiver_is_told_once_and_one_that_is_gone_is_dead(work: Work, posts: Posts) -> None:
    started(work)
    run(work)
    run(work)
    assert [url for url, _, _ in posts.said] == ["https://one.example/", "https://two.example/"]
    assert states(work) == {"one": "delivered", "two": "delivered", "gone": "dead"}


def test_a_receiver_that_is_away_is_tried_again_later_with_the_same_key(work: Work, posts: Posts, api: Api) -> None:
    started(work)
    for answer in (None, 500, 302):
        posts.answer = answer
        run(work)
        api.clock.go(minutes=2)
    assert states(work)["one"] == "waiting"
    posts.answer = 204
    run(work)
    assert states(work)["one"] == "delivered"
    assert {headers["Idempotency-Key"] for _, headers, _ in posts.said} == {"k1"}


def test_after_a_day_nobody_tries_any_more(work: Work, posts: Posts, api: Api) -> None:
    started(work)
    posts.answer = None
    api.clock.go(hours=25)
    run(work)
    assert states(work) == {"one": "dead", "two": "dead", "gone": "dead"}
    assert "cannot be reached" in work.ledger.deliveries(state="dead")[-1].error
