"""The house: rooms as ROOMS.md says, no file too long, no name that says nothing, every page linked."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from itertools import takewhile

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCE = os.path.join(ROOT, "src", "oakum")

FORBIDDEN_NAMES = frozenset({"common", "core", "base", "utils", "helpers", "misc", "manager", "service", "handler"})
"""Names that say nothing of what is inside."""

FORBIDDEN_WORDS = tuple(
    "".join(parts)
    for parts in (
        ("/wo", "rk/"),
        ("py", "pi.org"),
        ("files.python", "hosted"),
        ("registry.", "npmjs"),
        ("deb.", "debian"),
    )
)
"""Machines and registries: a checkout must work with whatever its user's clients are set to."""

LONGEST_FILE = 400


def tracked() -> list[str]:
    """What the repository holds and is about to hold; everything that lies here where this is no checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the tests do not lie in a git checkout")
    return [name for name in listed.split("\0") if name and os.path.isfile(os.path.join(ROOT, name))]


def text(name: str) -> str:
    with open(os.path.join(ROOT, name), encoding="utf-8", errors="replace") as file:
        return file.read()


def packages() -> dict[str, list[str]]:
    """Folders below the product that hold Python files, with those files."""
    found = {}
    for folder, _, files in os.walk(SOURCE):
        modules = sorted(name for name in files if name.endswith(".py"))
        if modules:
            found[os.path.relpath(folder, SOURCE)] = modules
    return found


def listed_rooms() -> dict[str, set[str]]:
    """Rooms of ROOMS.md with what they may import."""
    rows = re.findall(r"^\| `([a-z0-9_/]+)`(?: ◆)? \|.*\|(.*)\|$", text("ROOMS.md"), re.MULTILINE)
    return {room: set(re.findall(r"`(\w+)`", allowed)) for room, allowed in rows}


def imported(path: str) -> Iterator[str]:
    """The rooms that a file imports, at its top or in a function."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [f"oakum.{alias.name}" for alias in node.names] if module == "oakum" else [module]
        yield from (name.split(".")[1] for name in names if name.startswith("oakum."))


def test_rooms_md_lists_exactly_the_packages_that_exist() -> None:
    assert set(listed_rooms()) == set(packages()) - {"."}


def test_no_room_imports_what_rooms_md_does_not_allow() -> None:
    rooms = listed_rooms()
    own = {"__version__"}
    for room, modules in packages().items():
        allowed = rooms.get(room, {"apps"}) | {room.split("/")[0]} | own
        for module in modules:
            surplus = set(imported(os.path.join(SOURCE, room, module))) - allowed
            assert not surplus, f"{room}/{module} imports {surplus}"


def test_every_folder_with_modules_is_a_package() -> None:
    assert [room for room, modules in packages().items() if "__init__.py" not in modules] == []


def test_no_name_says_nothing() -> None:
    names = {part for room, modules in packages().items() for part in [*room.split("/"), *(m[:-3] for m in modules)]}
    assert not names & FORBIDDEN_NAMES


def test_no_file_is_too_long() -> None:
    long = [name for name in tracked() if name.endswith(".py") and text(name).count("\n") > LONGEST_FILE]
    assert long == []


def test_no_machine_and_no_registry_is_named() -> None:
    for name in tracked():
        found = [word for word in FORBIDDEN_WORDS if word in text(name)]
        assert not found, f"{name} names {found}"


def links(page: str) -> set[str]:
    """Files of the repository that a page links to."""
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text(page))
    folder = os.path.dirname(page)
    return {os.path.normpath(os.path.join(folder, target)) for target in targets if "://" not in target}


def pages() -> list[str]:
    return [name for name in tracked() if name.startswith("docs/") and name.endswith(".md")]


def test_every_page_is_reached_from_the_index() -> None:
    """Pages of single plug-ins are found by their names, as the plug-ins are: adding one edits no other page."""
    reached: set[str] = set()
    waiting = {"docs/index.md"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting |= {one for one in links(page) if one.endswith(".md") and one.startswith("docs/")} - reached
    plugins = {
        name for name in pages() if re.match(r"docs/reference/(cataloger|opener|format|feed|command)-[\w-]+\.md", name)
    }
    assert sorted(set(pages()) - reached - plugins) == []


def test_no_link_leads_nowhere() -> None:
    top = [name for name in tracked() if "/" not in name and name.endswith(".md")]
    for page in [*top, *pages(), "bench/README.md"]:
        gone = [target for target in links(page) if not os.path.exists(os.path.join(ROOT, target))]
        assert not gone, f"{page} links to {gone}"


def test_every_decision_record_is_listed() -> None:
    records = {name for name in pages() if re.match(r"docs/adr/\d{4}-", name)}
    assert records
    assert records <= links("docs/adr/index.md")


def test_every_decision_record_has_its_parts() -> None:
    for name in (page for page in pages() if re.match(r"docs/adr/\d{4}-", page)):
        parts = re.findall(r"^## (.*)$", text(name), re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences"], name


def test_decision_records_are_counted_without_a_hole() -> None:
    numbers = sorted(int(name[9:13]) for name in pages() if re.match(r"docs/adr/\d{4}-", name))
    assert list(takewhile(lambda number: number in numbers, range(1, len(numbers) + 1))) == numbers
