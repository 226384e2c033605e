from tests.support.api import Api

from oakum.apps.server.auth.accounts import set_up_token

PASSWORD = "correct horse battery"  # noqa: S105 - of the tests


def test_the_admin_account_is_made_once_with_the_token(api: Api) -> None:
    token = set_up_token(api.ledger)
    assert api.get("/about", "")["needs_set_up"]
    wrong = api.ask("POST", "/setup", "", json={"token": "oakum_x", "password": PASSWORD})
    assert (wrong.status_code, wrong.headers["content-type"]) == (401, "application/problem+json")
    api.clock.go(seconds=1)
    assert api.ask("POST", "/setup", "", json={"token": token, "password": PASSWORD}).status_code == 429
    assert api.get("/about", "")["needs_set_up"]


def test_setting_up_signs_in_and_happens_once(api: Api) -> None:
    token = set_up_token(api.ledger)
    made = api.ask("POST", "/setup", "", json={"token": token, "password": PASSWORD})
    assert made.status_code == 201
    assert "HttpOnly" in made.headers["set-cookie"]
    assert "SameSite=strict" in made.headers["set-cookie"]
    assert api.ask("GET", "/session", "").json()["actor"] == "admin"
    again = api.ask("POST", "/setup", "", json={"token": token, "password": PASSWORD})
    assert again.status_code == 409
    assert [one.action for one in api.ledger.trail() if one.action == "admin.created"] == ["admin.created"]


def test_a_short_password_is_refused_before_the_token_is_looked_at(api: Api) -> None:
    token = set_up_token(api.ledger)
    assert api.ask("POST", "/setup", "", json={"token": token, "password": "short"}).status_code == 400
    assert api.ask("POST", "/setup", "", json={"token": token, "password": PASSWORD}).status_code == 201
