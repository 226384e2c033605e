from tests.support.api import Api

from oakum.model.event import EXEC, EXIT, Event, Process
from oakum.model.fleet import Container, Host, Incident

ID = "c" * 64
SECOND = 1_000_000_000
TEN = 1_795_600_800 * SECOND


def kept(api: Api) -> None:
    api.fleet.keep_host(Host("h1", "node7"))
    api.fleet.keep_containers(
        [
            Container(ID, "h1", "shop", state="running", started="2026-11-25T10:00:00Z"),
            Container(
                "d" * 64, "h1", "gone", state="removed", started="2026-11-25T09:00:00Z", stopped="2026-11-25T09:30:00Z"
            ),
        ]
    )
    events = [
        Event(
            EXEC,
            TEN + number * SECOND,
            "h1",
            ID,
            number,
            Process(7, 1, "sh"),
            path=f"/bin/p{number}",
            upper=number == 2,
        )
        for number in range(3)
    ]
    api.events.append("h1", "run", [*events, Event(EXIT, TEN, "h1", ID, 9)])


def test_what_ran_at_a_moment_is_known_after_it_has_gone(api: Api) -> None:
    kept(api)
    assert [one["name"] for one in api.get("/containers")["items"]] == ["shop"]
    assert [one["name"] for one in api.get("/containers?at=2026-11-25T09:10:00Z")["items"]] == ["gone"]
    assert api.ask("GET", "/containers?at=yesterday").status_code == 400


def test_one_container_with_its_host_and_incidents(api: Api) -> None:
    kept(api)
    api.fleet.keep_incident(Incident("i1", "drift", "shop differs", "2026-11-25T10:00:00Z", container=ID))
    whole = api.get("/containers/shop", "reader")
    assert (whole["host"]["name"], [one["id"] for one in whole["incidents"]], whole["image"]) == ("node7", ["i1"], None)
    assert api.ask("GET", "/containers/nobody").status_code == 404


def test_its_time_line_is_newest_first_and_leaves_ends_out(api: Api) -> None:
    kept(api)
    page = api.get(f"/containers/{ID[:12]}/moments?limit=2")
    assert [one["text"] for one in page["items"]] == ["/bin/p2: ", "/bin/p1: "] or page["items"][0]["text"].startswith(
        "/bin/p2"
    )
    assert page["items"][0]["marks"] == ["upper"]
    assert page["next"] == page["items"][-1]["at"]
    older = api.get(f"/containers/{ID}/moments?until={page['next'].replace('+', '%2B')}")
    assert [one["text"][:7] for one in older["items"]] == ["/bin/p0"]
    assert [one["name"] for one in api.get("/hosts")] == ["node7"]
