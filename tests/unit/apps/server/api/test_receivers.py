import pytest
from tests.support.api import Api

from oakum.flows.open_incident import every_receiver
from oakum.model.ledger import Notice

HOOK = {"name": "hook", "notifier": "webhook", "url": "https://r.example/x", "secret": "s3cret"}


def test_a_secret_is_kept_and_never_shown(api: Api) -> None:
    assert api.ask("PUT", "/receivers", json=[HOOK]).json()[0]["secret"] != HOOK["secret"]
    assert not api.get("/receivers", "reader")[0]["secret"]
    assert api.ask("PUT", "/receivers", json=[{**HOOK, "secret": "", "kinds": ["drift"]}]).status_code == 200
    assert "s3cret" in every_receiver(api.ledger)[0].secret
    moved = {**HOOK, "secret": "", "url": "https://elsewhere.example/x"}
    assert api.ask("PUT", "/receivers", json=[moved]).status_code == 200
    assert not every_receiver(api.ledger)[0].secret
    assert "s3cret" not in str([one.detail for one in api.ledger.trail()])


@pytest.mark.parametrize(
    "wrong",
    [
        {"notifier": "pigeon"},
        {"url": "file:///etc/passwd"},
        {"url": "https://u:p@r.example/"},
        {"url": "https://["},
        {"name": " "},
    ],
)
def test_what_cannot_be_told_is_refused(wrong: dict[str, str], api: Api) -> None:
    assert api.ask("PUT", "/receivers", json=[{**HOOK, **wrong}]).status_code == 400
    assert api.get("/receivers") == []


def test_deliveries_are_listed_by_state(api: Api) -> None:
    api.ledger.enqueue(Notice("k1", "drift", "a title"), ("hook",))
    assert [one["notice"]["key"] for one in api.get("/deliveries?state=waiting")] == ["k1"]
    assert api.get("/deliveries?state=dead") == []
