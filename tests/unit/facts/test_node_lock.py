import pytest

from oakum.facts.node_lock import Locked, is_folder, locked_packages, shipped, split_name
from oakum.model.fact import Package


def test_edges_are_the_entries_that_are_there() -> None:
    entries = {"k": Locked("a", "1", ("l", "gone")), "l": Locked("b", "1"), "m": Locked("b", "2")}
    facts = list(locked_packages(entries, "x.lock"))
    assert facts[0] == Package("npm", "a", "1", "x.lock", depends=("b 1",))
    assert len(facts) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@1", ("a", "1")),
        ("@s/a@npm:b@1", ("@s/a", "npm:b@1")),
        ("@s/a", ("@s/a", "")),
        ("", ("", "")),
        ("@", ("@", "")),
    ],
)
def test_names_with_what_follows(text: str, expected: tuple[str, str]) -> None:
    assert split_name(text) == expected


@pytest.mark.parametrize(
    ("place", "folder"),
    [
        ("link:x", True),
        ("file:x", True),
        ("workspace:.", True),
        ("file:x.tgz", False),
        ("file:x.tgz#a/b", False),
        ("^1", False),
    ],
)
def test_folders_of_the_project(place: str, folder: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_folder(place) is folder


def test_lock_files_that_came_with_a_package() -> None:
    assert shipped("node_modules/a/yarn.lock")
    assert shipped("app/node_modules/a/yarn.lock")
    assert not shipped("app/my_node_modules/yarn.lock")
