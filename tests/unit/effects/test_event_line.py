from oakum.effects.event_line import event_line
from oakum.model.event import CONNECT, CONTAINER_START, EXEC, EXIT, LOST, WRITE, Event, Process

AT = 1_700_000_000_123_000_000
SHELL = Process(7, 1, "sh", "/bin/sh")


def line(kind: str, **values: object) -> str:
    return event_line(Event(kind, AT, container="ab" * 32, process=SHELL, **values))  # type: ignore[arg-type]


def test_a_line_says_when_where_what_and_who() -> None:
    said = line(EXEC, path="/opt/x", arguments=("x", "-v"), upper=True, login=1000, ancestors=(Process(1, 1, "runc"),))
    assert said == "22:13:20.123 abababababab exec      /opt/x: x -v [upper]  pid=7 uid=0 login=1000 sh < runc"


def test_each_kind_says_its_own() -> None:
    assert " by /bin/sh: " in line(EXEC, path="/s", script=True)
    assert "code 137" in line(EXIT, exit_code=137)
    assert "/var/lib/x" in line(WRITE, path="/var/lib/x")
    assert "10.0.0.7:443" in line(CONNECT, address="10.0.0.7:443")
    assert "/docker/1" in line(CONTAINER_START, path="/docker/1")
    assert line(LOST, count=5, urgent=1, suppressed=9).endswith("5 events (1 urgent); left out 9 repeats")


def test_no_name_drives_a_terminal_and_none_fills_it() -> None:
    said = event_line(Event(EXEC, AT, path="/\x1b[2J" + "a" * 5000, process=Process(1, 1, "\x1b")))
    assert "\x1b" not in said
    assert "\\x1b" in said
    assert len(said) < 400
