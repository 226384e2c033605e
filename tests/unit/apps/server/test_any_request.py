"""Whatever is sent to whatever door of the API: an answer of ours, never our insides, and no more memory for it."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.api import ROLES, Api

PREFIX = "/api/v1"
DOCUMENT = json.loads((Path(__file__).parents[4] / "web" / "openapi.json").read_text())
STREAMS = {f"{PREFIX}/changes"}
OPERATIONS = [
    (method.upper(), path)
    for path, item in DOCUMENT["paths"].items()
    for method in item
    if path not in STREAMS and method in {"get", "put", "post", "delete"}
]
NASTY = [
    "",
    "..",
    "../../etc/passwd",
    "%00",
    "\0",
    "'; drop table token; --",
    "\ud7ff",
    "a" * 5_000,
    "-1",
    "1e999",
    "nan",
]
QUERY = st.sampled_from(["after", "limit", "state", "search", "at"])
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(max_size=20))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


def shaped(schema: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a schema's shape, some of whose parts are anything."""
    if "$ref" in schema:
        return shaped(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]], depth)
    if schema.get("type") == "object" and depth < 3:
        fields = {name: st.one_of(shaped(one, depth + 1), JSON) for name, one in schema.get("properties", {}).items()}
        return st.fixed_dictionaries({}, optional=fields)
    if schema.get("type") == "array" and depth < 3:
        return st.lists(shaped(schema.get("items", {}), depth + 1), max_size=3)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return JSON


def body_of(method: str, path: str) -> st.SearchStrategy[bytes | None]:
    content = DOCUMENT["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    garbage = st.one_of(st.none(), st.binary(max_size=50))
    if schema is None:
        return garbage
    return st.one_of(garbage, shaped(schema).map(lambda value: json.dumps(value).encode()))


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(str(tmp_path_factory.mktemp("state")))
    with made.client:
        yield made


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_any_request_is_answered_and_what_is_refused_is_a_problem(api: Api, method: str, path: str) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        where = path
        while "{" in where:
            name = where[where.index("{") : where.index("}") + 1]
            where = where.replace(name, quote(data.draw(TEXTS).encode("utf-8", "surrogatepass"), safe="") or "x", 1)
        role = data.draw(st.sampled_from([*ROLES, ""]))
        query = data.draw(st.dictionaries(QUERY, TEXTS, max_size=2))
        body = data.draw(body_of(method, path))
        answer = api.ask(method, where.removeprefix(PREFIX), role, params=query, content=body)
        assert answer.status_code < 500 or answer.status_code == 503, answer.text
        assert "Traceback" not in answer.text
        if answer.status_code >= 400:
            assert answer.headers["content-type"].startswith("application/problem+json"), (where, answer.text)
            assert answer.json()["status"] == answer.status_code

    ask()


def test_a_thousand_bad_bodies_leave_nothing_behind(api: Api) -> None:
    def some() -> None:
        for number in range(250):
            api.ask("PUT", "/policies", json={"text": "x" * 10_000 + str(number)})
            api.ask("POST", "/waivers", json={"reason": "x" * 10_000, "expires": str(number)})

    some()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    some()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 2_000_000
