from tests.support.api import Api


def test_the_trail_is_read_from_both_ends(api: Api) -> None:
    for number in range(5):
        api.ledger.audit("system", "x", str(number), {})
    every = api.get("/audit?limit=500", "reader")["items"]
    assert [one["number"] for one in every] == list(range(1, len(every) + 1))
    newest = api.get("/audit/newest?limit=2")
    assert [one["number"] for one in newest["items"]] == [len(every), len(every) - 1]
    older = api.get(f"/audit/newest?before={newest['next']}&limit=500")
    assert [one["number"] for one in older["items"]] == list(range(len(every) - 2, 0, -1))
    assert api.get(f"/audit?after={len(every)}")["items"] == []
    assert api.ask("GET", "/audit", "gate").status_code == 403
