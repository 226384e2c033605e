import io
import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oakum.apps.cli.group import run
from oakum.apps.cli.purling import run_purl_batch

PARTS = ("type", "namespace", "name", "version", "qualifiers", "subpath")

CASES: list[tuple[str, Any, Any]] = [
    ("parse", "pkg:npm/%40angular/animation@12.3.1", ("npm", "@angular", "animation", "12.3.1", None, None)),
    ("parse", "pkg:npm/@babel/core#/a/../b/", ("npm", "@babel", "core", None, None, "a/b")),
    ("parse", "pkg:PYPI/Django_package@1.11.1", ("pypi", None, "django-package", "1.11.1", None, None)),
    ("parse", "pkg:github/Package-url/Purl-Spec@A", ("github", "package-url", "purl-spec", "A", None, None)),
    ("parse", "pkg:huggingface/microsoft/deberta@559AD", ("huggingface", "microsoft", "deberta", "559ad", None, None)),
    ("parse", "pkg:cpan/drolsky/DateTime@1.55", ("cpan", "DROLSKY", "DateTime", "1.55", None, None)),
    ("parse", "pkg:mlflow/Fraud@3?repository_url=https://a.azuredatabricks.net/b",
     ("mlflow", None, "fraud", "3", {"repository_url": "https://a.azuredatabricks.net/b"}, None)),
    ("parse", "pkg:mlflow/Fraud@3?repository_url=https://a.azureml.ms",
     ("mlflow", None, "Fraud", "3", {"repository_url": "https://a.azureml.ms"}, None)),
    ("parse", "pkg:swift/github.com/Alamofire/@5.4.3", None),
    ("parse", "pkg:swift/Alamofire@5.4.3", None),
    ("parse", "pkg:julia/Dates@1.9.0", None),
    ("parse", "pkg:cran/R/ggplot2@3.3.6", None),
    ("parse", "pkg:maven/@1.3.4", None),
    ("parse", "pkg%3Amaven/org.apache.commons/io", None),
    ("parse", "pkg:n&g?inx/nginx@0.8.9", None),
    ("parse", "pkg:npm/a@1?in%20production=true", None),
    ("parse", 7, None),
    ("build", {"type": "generic", "name": "openssl", "version": "1.1.10g",
               "qualifiers": {"checksum": "sha1:ad,sha256:41"}},
     "pkg:generic/openssl@1.1.10g?checksum=sha1:ad%2Csha256:41"),
    ("build", {"type": "npm", "namespace": None, "name": "a", "version": None, "qualifiers": {"vcs_url": "git://h/p@4"}},
     "pkg:npm/a?vcs_url=git:%2F%2Fh%2Fp%404"),
    ("build", {"type": None, "name": "nginx"}, None),
    ("build", {"type": "maven", "name": None}, None),
    ("build", {"type": "npm", "name": "a", "qualifiers": {"in production": "true"}}, None),
    ("build", {"type": "cpan", "namespace": "GDT", "name": "URI::PackageURL"}, None),
    ("build", {"type": "npm", "name": "a", "nam": "b"}, None),
    ("build", "pkg:npm/a", None),
    ("validate", "pkg:cran/A3@1.0.0", True),
    ("validate", "pkg:cran/R/ggplot2@3.3.6", None),
    ("explode", "pkg:npm/a", None),
]  # fmt: skip


def batch(monkeypatch: pytest.MonkeyPatch, given: bytes) -> list[dict[str, Any]]:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    assert run_purl_batch() == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(("operation", "given", "told"), CASES)
def test_each_operation(monkeypatch: pytest.MonkeyPatch, operation: str, given: Any, told: Any) -> None:  # noqa: ANN401
    (answer,) = batch(monkeypatch, json.dumps({"op": operation, "input": given}).encode())
    if told is None:
        assert answer.keys() == {"ok", "error"}
        assert answer["ok"] is False
    else:
        wanted = dict(zip(PARTS, told, strict=True)) if isinstance(told, tuple) else told
        assert answer == {"ok": True, "output": wanted}


def test_one_purl(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["purl", "pkg:PYPI/Django_package@1.11"]) == 0
    assert capsys.readouterr().out == "pkg:pypi/django-package@1.11\n"
    assert run(["purl", "http://a/b"]) == 65
    assert run(["purl"]) == 64
    assert run(["purl", "--batch", "pkg:npm/a"]) == 64


def test_every_line_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"{",
        b'{"op": 1, "input": 2}',
        b"[" * 5_000,
        b'{"op": "parse", "input": "pkg:npm/a"}',
    ]
    answers = batch(monkeypatch, b"\r\n".join(lines))
    assert [answer["ok"] for answer in answers] == [False] * 7 + [True]


_KEYS = st.one_of(st.sampled_from(PARTS), st.text(max_size=5))
_LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9))
_JSON = st.recursive(_LEAVES, lambda one: st.dictionaries(_KEYS, one, max_size=6), max_leaves=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    operation=st.sampled_from(["parse", "build", "validate"]),
    given=st.one_of(_JSON, st.text(max_size=20).map("pkg:a/".__add__)),
)
def test_any_request_has_an_answer(monkeypatch: pytest.MonkeyPatch, operation: str, given: object) -> None:
    (answer,) = batch(monkeypatch, json.dumps({"op": operation, "input": given}).encode() + b"\n")
    assert answer["ok"] in (True, False)
    if operation == "build" and answer["ok"]:
        (again,) = batch(monkeypatch, json.dumps({"op": "parse", "input": answer["output"]}).encode())
        assert again["ok"] is True
        (built,) = batch(monkeypatch, json.dumps({"op": "build", "input": again["output"]}).encode())
        assert built == answer
