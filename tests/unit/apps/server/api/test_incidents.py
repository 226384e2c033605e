from tests.support.api import Api

from oakum.model.fleet import Incident


def test_an_incident_is_closed_with_a_reason_and_audited(api: Api) -> None:
    api.fleet.keep_incident(Incident("i1", "drift", "shop differs", "2026-11-25T10:00:00Z"))
    assert api.ask("POST", "/incidents/i1/close", json={"reason": " "}).status_code == 400
    assert api.ask("POST", "/incidents/i1/close", "reader", json={"reason": "known"}).status_code == 403
    assert api.ask("POST", "/incidents/i1/close", json={"reason": "known"}).json()["state"] == "closed"
    assert api.get("/incidents?state=open")["items"] == []
    assert [one["id"] for one in api.get("/incidents?state=closed")["items"]] == ["i1"]
    assert [(one.actor, one.detail["reason"]) for one in api.ledger.trail() if one.action == "incident.closed"] == [
        ("token:t-admin", "known")
    ]
    assert api.ask("GET", "/incidents/i2").status_code == 404
