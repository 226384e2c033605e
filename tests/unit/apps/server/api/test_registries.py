import pytest
from tests.support.api import Api

from oakum.flows.watch_registry import WOKEN


def test_registries_are_set_whole_and_audited(api: Api) -> None:
    watch = {"host": "r.example:5000", "repositories": ["shop/*"], "every": 30}
    assert api.ask("PUT", "/registries", json=[watch]).status_code == 200
    assert api.get("/registries", "reader")[0]["repositories"] == ["shop/*"]
    assert [one.detail for one in api.ledger.trail() if one.action == "registries.set"] == [
        {"hosts": ["r.example:5000"]}
    ]


@pytest.mark.parametrize(
    "watch",
    [
        {"host": "r example"},
        {"host": "http://r"},
        {"host": "r", "every": 0},
        {"host": "r", "tags": [""]},
        {"host": "r", "x": 1},
        7,
    ],
)
def test_what_cannot_be_watched_is_refused(watch: object, api: Api) -> None:
    assert api.ask("PUT", "/registries", json=[watch]).status_code == 400
    assert api.get("/registries") == []


def test_a_notification_wakes_the_watcher_and_is_not_believed(api: Api) -> None:
    push = {"events": [{"action": "push", "target": {"repository": "shop", "tag": "1"}, "id": "x", "actor": {}}]}
    assert api.ask("POST", "/registry-notifications", "gate", json={"events": [{"action": "pull"}]}).status_code == 202
    assert api.ledger.setting(WOKEN) == ""
    assert api.ask("POST", "/registry-notifications", "gate", json=push).status_code == 202
    assert api.ledger.setting(WOKEN)
    bads: tuple[object, ...] = ({}, {"events": 7}, [], {"events": [7]})
    for bad in bads:
        assert api.ask("POST", "/registry-notifications", "gate", json=bad).status_code == 400
    assert api.ask("POST", "/registry-notifications", "reader", json=push).status_code == 403
