from tests.support.api import Api

from oakum.model.fleet import Host, Incident


def test_what_needs_somebody_comes_worst_first(api: Api) -> None:
    api.fleet.keep_incident(Incident("i1", "tag_moved", "a tag moved", "2026-11-25T11:00:00+00:00"))
    api.fleet.keep_incident(Incident("i2", "drift", "shop differs", "2026-11-25T10:00:00+00:00"))
    api.fleet.keep_incident(Incident("i3", "drift", "closed", "2026-11-25T10:00:00+00:00", state="closed"))
    api.fleet.keep_host(Host("h1", "node7", seen="2026-11-25T11:00:00+00:00"))
    api.ledger.set_setting("troubles:watch_registries", "2026-11-25T11:30:00+00:00 it cannot be reached")
    shown = api.get("/overview")
    kinds = [one["kind"] for one in shown["attention"]]
    assert kinds[:2] == ["host_silent", "drift"]
    assert {"tag_moved", "job_failing"} <= set(kinds)
    assert shown["counts"]["incidents"] == 2
    assert shown["counts"]["hosts"] == 1


def test_a_host_that_was_heard_of_needs_nobody(api: Api) -> None:
    api.fleet.keep_host(Host("h1", "node7", seen="2026-11-25T11:59:00+00:00"))
    assert "host_silent" not in [one["kind"] for one in api.get("/overview")["attention"]]
