from pathlib import Path

from oakum.sources.host.engine_clients import Client
from oakum.sources.host.starters import Starters, hand_over, handed_over

ID = "c" * 64


def test_whoever_came_since_asked_for_it_and_two_people_are_nobody(tmp_path: Path) -> None:
    connected = [Client(1, 0)]
    starters = Starters("x", str(tmp_path), lambda _: connected)
    connected.append(Client(2, 1000, "1000"))
    assert starters(ID, True) == "login:1000"  # noqa: FBT003 - as the port has it
    connected.append(Client(3, 1000, "1000"))
    assert starters(ID, True) == "login:1000"  # noqa: FBT003 - the same person twice
    connected.append(Client(4, 1001, "1001"))
    assert starters(ID, True) == ""  # noqa: FBT003 - one of two
    assert starters(ID, False) == ""  # noqa: FBT003 - it was made before anybody looked


def test_what_the_engine_told_the_plug_in_is_stronger(tmp_path: Path) -> None:
    starters = Starters("x", str(tmp_path), lambda _: [Client(2, 0)])
    hand_over(ID, "tls:alice", str(tmp_path))
    assert starters(ID, True) == "tls:alice"  # noqa: FBT003 - as the port has it
    assert starters(ID, False) == "tls:alice"  # noqa: FBT003 - as above


def test_nothing_is_written_outside_the_folder_and_links_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "started"
    for name in ("", "../x", "C" * 64, "c" * 63):
        hand_over(name, "tls:x", str(folder))
        assert handed_over(name, str(folder)) == ""
    assert not folder.exists()
    hand_over(ID, "tls:" + "a" * 1_000, str(folder))
    assert len(handed_over(ID, str(folder))) == 300
    (folder / ID).unlink()
    (folder / ID).symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_text("secret")
    hand_over(ID, "tls:mallory", str(folder))
    assert handed_over(ID, str(folder)) == ""
    assert (tmp_path / "secret").read_text() == "secret"
