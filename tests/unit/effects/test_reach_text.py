from oakum.effects.reach_text import reach_text
from oakum.model.fleet import Affected

ROW = Affected(
    "sha256:abc",
    "shop.example/app:1",
    purl="pkg:deb/debian/libssl3@3",
    package="libssl3 3.0.11-1",
    finding="CVE-1",
    fixed_versions=("3.0.13-1",),
    layer=1,
    instruction="RUN apt-get install",
    owner="team@shop.example",
    containers=tuple(f"{number:064x}" for number in range(7)),
    hosts=("h1", "h2"),
)


def test_each_image_says_what_to_change_and_what_runs() -> None:
    assert reach_text([ROW], []) == (
        "shop.example/app:1\n"
        "  image    sha256:abc\n"
        "  package  libssl3 3.0.11-1, CVE-1\n"
        "  layer    1: RUN apt-get install\n"
        "  take     3.0.13-1\n"
        "  owner    team@shop.example\n"
        "  runs     000000000000, 000000000000, 000000000000, 000000000000, 000000000000 and 2 more on 2 hosts\n"
        "\n"
        "1 image, 7 running containers, 2 hosts\n"
    )


def test_nothing_is_said_in_numbers_and_the_unknown_is_listed() -> None:
    assert reach_text([], ["a cannot be compared"]) == (
        "Unknown, because versions cannot be compared:\n"
        "  a cannot be compared\n"
        "\n"
        "0 images, 0 running containers, 0 hosts\n"
    )


def test_what_runs_nowhere_and_has_no_fix_says_so() -> None:
    text = reach_text([Affected("sha256:abc", "app", "pkg:npm/a@1", "a 1", "CVE-1")], [])
    assert "  take     no fix is known\n  runs     nowhere\n" in text


def test_hostile_texts_do_not_drive_the_terminal() -> None:
    text = reach_text(
        [Affected("\x1b[2J", "\x1b", "", "\u202e", "\r", (), 0, "\x07", "\x00", ("\x1b",), ("\x1b",))], ["\x1b"]
    )
    assert all(one.isprintable() or one == "\n" for one in text)
