from tests.support.api import Api

from oakum.testing.fleets import Sizes, seed


def test_a_package_below_a_version_and_a_vulnerability_are_found(api: Api) -> None:
    seed(api.fleet, Sizes(4, 5, 6))
    found = api.get("/affected?package=lib0", "reader")
    assert found["affected"]
    assert found["affected"][0]["instruction"]
    assert api.get("/affected?cve=CVE-1900-1")["affected"] == []


def test_asking_for_nothing_is_a_mistake(api: Api) -> None:
    answer = api.ask("GET", "/affected")
    assert answer.status_code == 400
    assert "nothing says what is looked for" in answer.json()["detail"]
