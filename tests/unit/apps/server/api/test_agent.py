import msgspec
import pytest
from tests.support.api import Api

from oakum.kit.archive import zstd
from oakum.model.api import EventBatch
from oakum.model.event import EXEC, Event

CONTAINER = {"id": "c" * 64, "host": "h1", "name": "shop", "state": "running", "started": "2026-11-25T10:00:00Z"}


def test_a_host_joins_once_and_is_seen_now(api: Api) -> None:
    for _ in range(2):
        assert api.ask("POST", "/agent/host", "agent", json={"id": "h1", "name": "node7"}).status_code == 204
    assert api.get("/hosts")[0]["seen"] == "2026-11-25T12:00:00+00:00"
    assert [one.target for one in api.ledger.trail() if one.action == "host.joined"] == ["h1"]


def test_containers_are_counted_when_they_are_new(api: Api) -> None:
    assert [api.ask("POST", "/agent/containers", "agent", json=[CONTAINER]).json()["new"] for _ in range(2)] == [1, 0]


def test_a_batch_that_comes_again_is_kept_once(api: Api) -> None:
    batch = EventBatch("run", (Event(EXEC, 1, "h1", "c" * 64, 1), Event(EXEC, 2, "h1", "c" * 64, 2)))
    body = zstd.compress(msgspec.msgpack.encode(batch), 3)
    assert [api.ask("POST", "/agent/events/h1", "agent", content=body).json()["new"] for _ in range(2)] == [2, 0]


@pytest.mark.parametrize(
    "body", [b"", b"\xff" * 100, zstd.compress(b"\x00" * 1000, 3), zstd.compress(b"\x91" * 5000, 3)]
)
def test_what_is_no_batch_is_refused(body: bytes, api: Api) -> None:
    answer = api.ask("POST", "/agent/events/h1", "agent", content=body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_an_incident_is_opened_once_told_and_stays_closed(api: Api) -> None:
    hook = {"name": "hook", "notifier": "webhook", "url": "https://r.example/x"}
    api.ask("PUT", "/receivers", json=[hook])
    incident = {"id": "drift-1", "kind": "drift", "title": "shop differs", "at": "2026-11-25T11:59:00Z"}
    judgement = {
        "id": "sha256:j", "stage": "run", "outcome": "deny", "subject": "s", "policies": "p", "waivers": "w",
        "database": "", "at": "2026-11-25",
    }  # fmt: skip
    report = {"incident": incident, "judgement": judgement, "subject": {"stage": "run"}}
    assert [api.ask("POST", "/agent/incidents", "agent", json=report).json()["new"] for _ in range(2)] == [1, 0]
    assert [one["notice"]["key"] for one in api.get("/deliveries")] == ["drift-1"]
    assert api.get("/decisions/sha256:j")["outcome"] == "deny"
    api.ask("POST", "/incidents/drift-1/close", json={"reason": "ours"})
    api.ask("POST", "/agent/incidents", "agent", json=report)
    assert api.get("/incidents/drift-1")["state"] == "closed"
    assert api.ask("POST", "/agent/incidents", "agent", json={**report, "subject": {"stage": 7}}).status_code == 400


def test_the_rules_are_the_policies(api: Api) -> None:
    assert api.get("/agent/rules", "agent") == api.get("/policies")
    assert api.ask("GET", "/agent/rules", "gate").status_code == 403
