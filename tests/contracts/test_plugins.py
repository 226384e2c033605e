"""What every kind of plug-in keeps: the folder is the registry, the index follows it, each member has its test."""

import importlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from oakum.kit.plugin import INDEX_NAME, Kind

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _script(name: str) -> ModuleType:
    path = os.path.join(ROOT, "scripts", name + ".py")
    spec = importlib.util.spec_from_file_location(f"_scripts_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


KINDS: tuple[Kind[Any], ...] = _script("make_index").KINDS
MEMBERS = [pytest.param(kind, plugin, id=f"{kind.name}-{plugin}") for kind in KINDS for plugin in kind.ids()]

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_member = pytest.mark.parametrize(("kind", "plugin_id"), MEMBERS)


def test_every_plugin_folder_has_a_kind() -> None:
    folders = {kind.package for kind in KINDS}
    marked = set()
    for folder, _, files in os.walk(os.path.join(ROOT, "src", "oakum")):
        if "__init__.py" in files:
            with open(os.path.join(folder, "__init__.py"), encoding="utf-8") as file:
                if "the folder is the registry" in file.read():
                    marked.add(os.path.relpath(folder, os.path.join(ROOT, "src")).replace(os.sep, "."))
    assert folders == marked


@every_kind
def test_the_ids_are_the_files(kind: Kind[Any]) -> None:
    files = {name[:-3] for name in os.listdir(kind.folder) if name.endswith(".py") and name != "__init__.py"}
    assert set(kind.ids()) == files
    assert list(kind.ids()) == sorted(files)


@every_kind
def test_the_index_equals_a_rebuild(kind: Kind[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = kind.index()
    copy = shutil.copytree(kind.folder, tmp_path / "folder", ignore=shutil.ignore_patterns(INDEX_NAME + "*"))
    monkeypatch.setattr(Kind, "folder", property(lambda _: str(copy)))
    rebuilt = kind.rebuild()
    assert set(shown) == set(kind.ids())
    assert dict(shown) == dict(rebuilt)
    assert dict(kind.index()) == dict(rebuilt)


@every_member
def test_a_plugin_is_described(kind: Kind[Any], plugin_id: str) -> None:
    entry = kind.index()[plugin_id]
    assert 0 < len(entry["title"]) < 100
    assert "\n" not in entry["title"]
    assert entry["version"] >= 1


@every_member
def test_a_plugin_bears_the_name_of_its_file(kind: Kind[Any], plugin_id: str) -> None:
    plugin = kind.load(plugin_id)
    assert getattr(plugin, "id", plugin_id) == plugin_id
    assert (importlib.import_module(f"{kind.package}.{plugin_id}").__doc__ or "").strip()


@every_member
def test_a_plugin_has_a_test(kind: Kind[Any], plugin_id: str) -> None:
    """In the mirror of its room; a command may be tested as a program instead."""
    room = kind.package.removeprefix("oakum.").split(".")
    places = [os.path.join("tests", "unit", *room, f"test_{plugin_id}.py")]
    if kind.name == "command":
        places.append(os.path.join("tests", "programs", f"test_{plugin_id}.py"))
    assert any(os.path.exists(os.path.join(ROOT, place)) for place in places), f"none of {places} is there"


@every_kind
def test_listing_a_kind_imports_none_of_it(kind: Kind[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    kind.index()  # a file that was edited just now makes an index anew, and that alone may import
    names = [f"{kind.package}.{plugin_id}" for plugin_id in kind.ids()]
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    kind.index()
    kind.ids()
    assert not [name for name in names if name in sys.modules]
