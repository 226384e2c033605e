import json
from typing import Any

import pytest

from oakum.facts.catalogers.oakum_report import oakum_report
from oakum.model.fact import Document, Fact, Gap, Package
from oakum.testing.files import read


def _facts(**document: Any) -> list[Fact]:  # noqa: ANN401 - any JSON
    return read(oakum_report, {"x.json": json.dumps({"schema": "oakum.report/1"} | document).encode()})


@pytest.mark.parametrize("data", [b"{}", b'{"schema": {"version": "16"}}', b'{"schema": "another/1"}'])
def test_another_document_is_none_of_ours(data: bytes) -> None:
    assert read(oakum_report, {"x.json": data}) == []


def test_what_was_not_read_stays_unknown_and_what_was_judged_is_left_out() -> None:
    rows = [
        {"kind": "unreadable-file", "what": "is cut off", "path": "a.jar", "stage": "reading"},
        {"kind": "starter-data", "what": "of 2026", "path": "", "stage": "judging"},
    ]
    document, gap = _facts(gaps=rows)
    assert isinstance(document, Document)
    assert gap == Gap("unreadable-file", "is cut off", "x.json!/a.jar")


def test_edges_and_scopes_stay() -> None:
    (_, package) = _facts(packages=[{"type": "npm", "name": "a", "version": "1", "depends": ["b 2"], "scope": "dev"}])
    assert isinstance(package, Package)
    assert (package.depends, package.scope) == (("b 2",), "dev")
