"""The cases of the specification's own suite, and of the rules that it has no case for.

``agreed.tsv`` and ``refused.tsv`` hold what ``tests/spec`` and ``tests/types`` of the purl-spec repository ask of the
types there, as its copies of 2026 had it, arranged anew: a row is asked as ``parse``, ``build``, ``validate`` and there
and back, so it stands for three cases or more. Addresses of registries are replaced by examples. Rows below "the suite
has no case for" are from the rules themselves.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from oakum.apps.cli.purling import _answer

_FOLDER = Path(__file__).parent / "purl_cases"


def _rows(name: str) -> list[list[str]]:
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _asked(op: str, given: object) -> object:
    answer = json.loads(_answer(json.dumps({"op": op, "input": given})))
    return answer["output"] if answer["ok"] else None


def _parts(row: list[str]) -> dict[str, Any]:
    kind = row[1 if row[1] != "=" else 0].split(":")[1].split("/")[0]
    pairs = dict(pair.split("=", 1) for pair in row[5].split("&")) if row[5] else {}
    names = zip(("namespace", "name", "version", "subpath"), (row[2], row[3], row[4], row[6]), strict=True)
    qualifiers = {key: value.replace("%26", "&") for key, value in pairs.items()} or None
    return {"type": kind, **{name: value or None for name, value in names}, "qualifiers": qualifiers}


@pytest.mark.parametrize("row", _rows("agreed.tsv"), ids=lambda row: row[0][:80])
def test_reads_builds_and_agrees(row: list[str]) -> None:
    text, canonical = row[0], row[0] if row[1] == "=" else row[1]
    parts = _parts(row)
    assert _asked("parse", text) == parts
    assert _asked("build", parts) == canonical
    assert _asked("parse", canonical) == parts
    assert _asked("validate", text) is True
    assert _asked("validate", canonical) is True
    assert _asked("validate", parts) is True


@pytest.mark.parametrize("text", [row[0] for row in _rows("refused.tsv")])
def test_refuses_to_read(text: str) -> None:
    assert _asked("parse", text) is None
    assert _asked("validate", text) is None


@pytest.mark.parametrize(
    "parts",
    [
        {"type": None, "name": "EnterpriseLibrary.Common"},
        {"type": None, "name": "EnterpriseLibrary.Common", "version": "6.0.1304"},
        {"type": "", "name": "nginx"},
        {"type": "3nginx", "name": "nginx"},
        {"type": "n g", "name": "nginx"},
        {"type": "npm", "name": "myartifact", "version": "1.0.0", "qualifiers": {"in production": "true"}},
        {"type": "npm", "name": "a", "qualifiers": {"k": "1", "K": "2"}},
        {"type": "npm", "name": "a", "qualifiers": {"k": 1}},
        {"type": "npm", "name": "a", "qualifiers": {"k": ["1"]}},
        {"type": "npm", "name": "a", "qualifiers": "k=1"},
        {"type": "npm", "name": "a", "version": 1},
        {"type": "npm", "name": "a", "licence": "MIT"},
        {"type": "maven", "name": None},
        {"type": "cran", "name": None, "version": "0.9.1"},
        {"type": "hackage", "name": None},
        {"type": "opam", "name": None},
        {"type": "julia", "name": None, "qualifiers": {"uuid": "ade2ca70-3891-5945-98fb-dc099432e06a"}},
        {"type": "julia", "name": "", "qualifiers": {"uuid": "ade2ca70-3891-5945-98fb-dc099432e06a"}},
        {"type": "julia", "name": "Dates"},
        {"type": "cpan", "name": "Perl-Version", "version": "1.013"},
        {"type": "cpan", "namespace": "GDT", "name": "URI::PackageURL"},
        {"type": "otp", "namespace": "namespace", "name": "hex", "version": "2.1.1"},
        {"type": "swift", "name": "Alamofire", "version": "5.4.3"},
        {"type": "swift", "namespace": "github.com/Alamofire", "name": None, "version": "5.4.3"},
        {"type": "vcpkg", "namespace": "boost", "name": "asio", "version": "1.84.0"},
        {"type": "vcpkg", "name": None, "version": "1.0.8"},
        {"type": "vscode-extension", "name": "java", "version": "1.46.2025091308"},
        {"type": "npm", "name": "/"},
        {"type": "npm", "name": "\ud800"},
        {"type": "\u212aind", "name": "a"},
        {"type": "npm", "name": "a", "qualifiers": {"\u212aey": "1"}},
        [],
        None,
    ],
)
def test_refuses_to_build(parts: object) -> None:
    assert _asked("build", parts) is None
    assert _asked("validate", parts) is None


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"type": "NPM", "name": "/a/", "namespace": "/@b/"}, "pkg:npm/%40b/a"),
        ({"type": "golang", "namespace": "/github.com//Azure/", "name": "Go"}, "pkg:golang/github.com/azure/go"),
        ({"type": "a", "name": "b", "qualifiers": {"B": "", "A": "1", "c": None}}, "pkg:a/b?a=1"),
        ({"type": "a", "name": "b", "qualifiers": {}, "subpath": "/../x/./"}, "pkg:a/b#x"),
        (
            {"type": "a", "name": "b", "qualifiers": {"checksum": ["sha1:0", "sha256:1"]}},
            "pkg:a/b?checksum=sha1:0%2Csha256:1",
        ),
    ],
)
def test_builds_from_parts_that_are_not_canonical(parts: object, expected: str) -> None:
    assert _asked("build", parts) == expected
