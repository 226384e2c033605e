"""Pages that are written by scripts say what the scripts say; pages that name things name what is there."""

import importlib.util
import os
import re
from types import ModuleType

import pytest

from oakum.facts.cataloger import CATALOGERS
from oakum.sources.opener import OPENERS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _script(name: str) -> ModuleType:
    path = os.path.join(ROOT, "scripts", name + ".py")
    spec = importlib.util.spec_from_file_location(f"_scripts_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(name: str) -> str:
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def test_the_page_of_commands_is_what_help_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OAKUM_DB_SOURCE", raising=False)
    assert _read("docs/reference/cli.md") == _script("make_cli_reference").page(), "run: make cli-reference"


def test_help_keeps_its_examples_in_lines() -> None:
    assert "\\b" not in _script("make_cli_reference").page()


def test_the_readme_names_every_opener_and_no_other() -> None:
    named = set(re.findall(r"^\| `([a-z-]+):", _read("README.md"), re.MULTILINE))
    openers = {entry["prefix"] for entry in OPENERS.index().values()}
    assert named == openers | {"docker"}


def test_the_page_of_catalogers_names_every_one() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", _read("docs/reference/catalogers.md"), re.MULTILINE))
    assert named == set(CATALOGERS.ids())
