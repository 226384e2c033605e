"""Pages that are written by scripts say what the scripts say; pages that name things name what is there."""

import os
import re
import subprocess
import sys

from oakum.facts.cataloger import CATALOGERS
from oakum.sources.opener import OPENERS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _read(name: str) -> str:
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def _commands() -> str:
    """The page as a process of its own writes it: click keeps the help option of a command that ran before."""
    words = [sys.executable, os.path.join(ROOT, "scripts", "make_cli_reference.py"), "--print"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.path.join(ROOT, "src")}
    return subprocess.run(words, env=environment, capture_output=True, check=True, text=True).stdout


def test_the_page_of_commands_is_what_help_says() -> None:
    assert _read("docs/reference/cli.md") == _commands(), "run: make cli-reference"


def test_help_keeps_its_examples_in_lines() -> None:
    assert "\\b" not in _commands()


def test_the_readme_names_every_opener_and_no_other() -> None:
    named = set(re.findall(r"^\| `([a-z-]+):", _read("README.md"), re.MULTILINE))
    openers = {entry["prefix"] for entry in OPENERS.index().values()}
    assert named == openers | {"docker"}


def test_every_cataloger_is_in_the_reference() -> None:
    """In the table, or by a page of its own: adding one edits no existing file."""
    named = set(re.findall(r"^\| `(\w+)` \|", _read("docs/reference/catalogers.md"), re.MULTILINE))
    pages = os.listdir(os.path.join(ROOT, "docs", "reference"))
    own = {page[len("cataloger-") : -len(".md")] for page in pages if page.startswith("cataloger-")}
    assert named | own == set(CATALOGERS.ids())
