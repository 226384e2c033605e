import pytest
from tests.support.api import Api


def test_a_tokens_secret_is_shown_once(api: Api) -> None:
    made = api.ask("POST", "/tokens", json={"name": "ci", "role": "gate", "days": 2})
    assert made.status_code == 201
    assert made.json()["secret"].startswith("oakum_")
    listed = {one["name"]: one for one in api.get("/tokens")}
    assert listed["ci"]["secret"] == ""
    assert listed["ci"]["expires"].startswith("2026-11-27")
    assert made.json()["secret"] not in str([one.detail for one in api.ledger.trail()])


def test_a_revoked_and_an_expired_token_are_refused_and_audited_once_a_minute(api: Api) -> None:
    assert api.ask("DELETE", "/tokens/t-gate").status_code == 204
    for _ in range(20):
        assert api.ask("GET", "/decisions", "gate").status_code == 401
    api.clock.go(days=2)
    assert "expired" in api.ask("GET", "/images", "reader").json()["detail"]
    reasons = [one.detail["reason"] for one in api.ledger.trail() if one.action == "access.refused"]
    assert reasons == ["the token t-gate was revoked", "the token t-reader has expired"]


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "", "role": "gate"},
        {"name": "x", "role": "root"},
        {"name": "session:x", "role": "gate"},
        {"name": "a\nb", "role": "gate"},
        {"name": "x", "role": "gate", "days": -1},
        {"name": "x", "role": "gate", "more": 1},
        {"name": "t-gate", "role": "gate"},
        {},
    ],
)
def test_what_cannot_be_a_token_is_refused(asked: dict[str, object], api: Api) -> None:
    answer = api.ask("POST", "/tokens", json=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["instance"].startswith("urn:oakum:")


@pytest.mark.parametrize("role", ["reader", "gate", "agent"])
def test_only_an_admin_may(role: str, api: Api) -> None:
    assert api.ask("GET", "/tokens", role).status_code == 403
    assert api.ask("POST", "/tokens", role, json={"name": "x", "role": "admin"}).status_code == 403
    assert api.ask("DELETE", "/tokens/nobody").status_code == 404
