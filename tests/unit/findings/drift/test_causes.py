from oakum.findings.drift.causes import cause_words, drift_incident, incident_id
from oakum.model.event import EXEC, WRITE, Event, Process
from oakum.model.fleet import Container
from oakum.model.subject import Change

SHOP = Container("c" * 64, "h1", "shop", image_id="sha256:i")
START = Event(
    EXEC, 1, process=Process(12, 5, "tool"), ancestors=(Process(10, 4, "sh"), Process(9, 3, "runc")), path="/tmp/tool",  # noqa: S108
    arguments=("/tmp/tool", "-x"), login=1000,  # noqa: S108 - of the container
)  # fmt: skip
WROTE = Event(WRITE, 1, process=Process(11, 4, "wget", "/usr/bin/wget"), path="/tmp/tool")  # noqa: S108 - as above


def test_an_incident_names_files_cause_command_and_person() -> None:
    incident = drift_incident(SHOP, [Change("/tmp/tool", "new")], START, "2026-11-25T12:00:00Z", WROTE)  # noqa: S108
    assert incident.title == "shop differs from its image: /tmp/tool"
    assert incident.cause == (
        "started /tmp/tool: pid 12, child of sh (10) < runc (9); wrote /tmp/tool by /usr/bin/wget: pid 11"
    )
    assert (incident.command, incident.person, incident.container) == (("/tmp/tool", "-x"), "login:1000", SHOP.id)  # noqa: S108


def test_the_same_process_is_the_same_incident_and_a_reused_pid_is_not() -> None:
    same = incident_id(SHOP.id, Process(12, 5, "renamed"))
    assert same == incident_id(SHOP.id, START.process)
    assert same != incident_id(SHOP.id, Process(12, 6))
    assert same != incident_id("d" * 64, START.process)


def test_what_is_not_known_is_empty() -> None:
    incident = drift_incident(SHOP, [Change("/x", "new")], None, "2026-11-25T12:00:00Z")
    assert (incident.cause, incident.command, incident.person) == ("", (), "")
    assert "ended" in cause_words(Event(EXEC, 1, path="/x", killed=True))


def test_many_changes_are_cut_in_title_and_list() -> None:
    changes = [Change(f"/f{number}", "new") for number in range(1_000)]
    incident = drift_incident(SHOP, changes, START, "2026-11-25T12:00:00Z")
    assert incident.title.endswith("/f0, /f1, /f2 and 997 more")
    assert len(incident.changes) == 200
