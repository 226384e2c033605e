"""The description of the API that is committed is the one that its handlers give, and it is one."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import jsonschema_rs

ROOT = Path(__file__).parents[2]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("_make_openapi", ROOT / "scripts" / "make_openapi.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_description_is_current() -> None:
    """``python scripts/make_openapi.py`` writes it; ``npm run types`` in ``web`` makes the console's types of it."""
    assert (ROOT / "web" / "openapi.json").read_text() == script().description()


def test_it_is_openapi_3_1_and_its_schemas_are_schemas() -> None:
    document = json.loads((ROOT / "web" / "openapi.json").read_text())
    assert document["openapi"].startswith("3.1")
    for name, schema in document["components"]["schemas"].items():
        whole = {**schema, "components": document["components"]}
        assert jsonschema_rs.meta.is_valid(whole), name
