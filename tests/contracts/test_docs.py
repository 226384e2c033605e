"""Pages that are written by scripts say what the scripts say; pages that name things name what is there."""

import os
import re
import subprocess
import sys
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from oakum.facts.cataloger import CATALOGERS
from oakum.model.subject import Subject
from oakum.sources.opener import OPENERS
from oakum.sources.reference import ENGINES

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _read(name: str) -> str:
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def _written(script: str) -> str:
    """A page as a process of its own writes it: click keeps the help option of a command that ran before."""
    words = [sys.executable, os.path.join(ROOT, "scripts", script), "--print"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.path.join(ROOT, "src")}
    return subprocess.run(words, env=environment, capture_output=True, check=True, text=True).stdout


def _commands() -> str:
    return _written("make_cli_reference.py")


def test_the_page_of_commands_is_what_help_says() -> None:
    assert _read("docs/reference/cli.md") == _commands(), "run: make cli-reference"


def test_the_page_of_limits_is_what_the_code_says() -> None:
    assert _read("docs/reference/limits.md") == _written("make_limits_reference.py"), "run: make limits-reference"


def test_the_page_of_criteria_is_what_their_docstrings_say() -> None:
    assert _read("docs/reference/criteria.md") == _written("make_criteria_reference.py"), "run: make criteria-reference"


def test_help_keeps_its_examples_in_lines() -> None:
    assert "\\b" not in _commands()


def _with_a_page_of_its_own(kind: str) -> set[str]:
    """Plug-ins that have ``docs/reference/<kind>-<id>.md``: adding one edits no existing file."""
    names = os.listdir(os.path.join(ROOT, "docs", "reference"))
    return {name[len(kind) + 1 : -len(".md")] for name in names if name.startswith(kind + "-")}


def test_every_opener_is_in_the_readme_or_has_a_page() -> None:
    named = set(re.findall(r"^\| `([a-z-]+):", _read("README.md"), re.MULTILINE))
    own = {id_.replace("_", "-") for id_ in _with_a_page_of_its_own("opener")}
    assert named | own == {entry["prefix"] for entry in OPENERS.index().values()} | set(ENGINES)


def test_every_cataloger_is_in_the_reference() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", _read("docs/reference/catalogers.md"), re.MULTILINE))
    assert named | _with_a_page_of_its_own("cataloger") == set(CATALOGERS.ids())


def test_every_field_that_an_expression_can_name_is_on_its_page() -> None:
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", _read("docs/reference/cel.md")))))
    assert {name for struct in _structs(Subject) for name in struct.__struct_fields__} - named == set()


def _structs(shape: Any) -> set[type[Struct]]:  # noqa: ANN401 - any annotation
    """A struct and those that its fields may hold."""
    inner = set().union(*(_structs(part) for part in get_args(shape)))
    if isinstance(shape, type) and issubclass(shape, Struct):
        return {shape}.union(inner, *(_structs(field.type) for field in fields(shape)))
    return inner


def test_every_limit_stands_on_the_page_and_is_kept_somewhere() -> None:
    units = {"KIB", "MIB", "GIB"}
    stated = set(re.findall(r"^([A-Z_]+) = ", _read("src/oakum/kit/limits.py"), re.MULTILINE)) - units
    used: set[str] = set()
    for folder, _, names in os.walk(os.path.join(ROOT, "src")):
        for name in names:
            if name.endswith(".py") and name != "limits.py":
                used |= set(re.findall(r"\b[A-Z_]+\b", _read(os.path.join(folder, name))))
    assert stated <= used
    assert stated == set(re.findall(r"^\| `([A-Z_]+)` \|", _read("docs/reference/limits.md"), re.MULTILINE))
