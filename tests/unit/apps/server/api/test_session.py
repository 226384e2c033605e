import pytest
from tests.support.api import Api

from oakum.apps.server.auth import refusals
from oakum.apps.server.auth.accounts import make_admin, set_up_token

PASSWORD = "correct horse battery"  # noqa: S105 - of the tests


def signed_in(api: Api) -> None:
    make_admin(api.ledger, set_up_token(api.ledger), PASSWORD)
    assert api.ask("POST", "/session", "", json={"password": PASSWORD}).status_code == 200


def test_a_session_lasts_until_it_is_ended(api: Api) -> None:
    signed_in(api)
    assert api.ask("GET", "/overview", "").status_code == 200
    ended = api.ask("DELETE", "/session", "", headers={"sec-fetch-site": "same-origin"})
    assert ended.status_code == 204
    assert api.ask("GET", "/overview", "").status_code == 401


def test_a_session_expires(api: Api) -> None:
    signed_in(api)
    api.clock.go(hours=13)
    assert "expired" in api.ask("GET", "/overview", "").json()["detail"]


def test_a_wrong_password_is_refused_audited_and_waits(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "_FIRST_WAIT", 60.0)  # a busy machine takes more than half a second
    make_admin(api.ledger, set_up_token(api.ledger), PASSWORD)
    assert api.ask("POST", "/session", "", json={"password": "wrong"}).status_code == 401
    assert api.ask("POST", "/session", "", json={"password": PASSWORD}).status_code == 429
    assert [one.detail["reason"] for one in api.ledger.trail() if one.action == "access.refused"] == ["wrong password"]


def test_a_page_of_another_site_can_neither_change_nor_sign_in(api: Api) -> None:
    signed_in(api)
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}):
        asked = api.ask("DELETE", "/tokens/t-gate", "", headers=headers)
        assert asked.status_code == 403, headers
    asked = api.ask("POST", "/session", "", json={"password": PASSWORD}, headers={"sec-fetch-site": "cross-site"})
    assert asked.status_code == 403
    own = api.ask("DELETE", "/tokens/t-gate", "", headers={"origin": "http://oakum.test"})
    assert own.status_code == 204
