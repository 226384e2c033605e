from tests.support.api import Api

GOOD = "oakum: policy/1\nname: mine\ntitle: t\nseverity: low\nwhen: privileged\nthen: {deploy: deny}\n"


def test_the_starter_set_is_on_until_somebody_sets_another(api: Api) -> None:
    assert "known-exploited" in api.get("/policies", "gate")["text"]
    changed = api.ask("PUT", "/policies", json={"text": GOOD})
    assert changed.status_code == 200
    assert api.get("/policies") == changed.json()
    (entry,) = [one for one in api.ledger.trail() if one.action == "policies.set"]
    assert entry.detail["policies"] == ["mine"]


def test_a_mistake_is_refused_with_its_line_and_changes_nothing(api: Api) -> None:
    before = api.get("/policies")
    answer = api.ask("PUT", "/policies", json={"text": GOOD.replace("privileged", "privilege")})
    assert answer.status_code == 422
    assert "policies:5" in answer.json()["detail"]
    lone = api.ask("PUT", "/policies", content=b'{"text": "\\ud800"}', headers={"content-type": "application/json"})
    assert lone.status_code in {400, 422}
    assert api.ask("PUT", "/policies", "reader", json={"text": GOOD}).status_code == 403
    assert api.get("/policies") == before
