import json
from pathlib import Path

import pytest

from oakum.apps.cli.group import run

POLICY = """oakum: policy/1
name: no-jinja
title: No old Jinja2
severity: high
when: {package: {name: jinja2}}
then: {build: deny}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("OAKUM_DB", raising=False)
    folder = tmp_path / "root" / "jinja2-2.11.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: jinja2\nVersion: 2.11.0\n\n")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "p.yaml").write_text(POLICY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_breach_ends_with_1_and_says_what_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gate", f"dir:{root}/root", "-p", str(root / "policies")]) == 1
    said = capsys.readouterr().out
    assert "refused" in said
    assert "No old Jinja2 (no-jinja, high)" in said
    assert "jinja2 2.11.0" in said


def test_the_judgement_is_a_document_as_well(root: Path) -> None:
    out = root / "judgement.json"
    assert run(["gate", f"dir:{root}/root", "-p", str(root / "policies"), "-f", "json", "-o", str(out)]) == 1
    document = json.loads(out.read_bytes())
    assert document["outcome"] == "deny"
    assert document["breaches"][0]["policy"] == "no-jinja"
    assert run(["gate", f"dir:{root}/root", "-p", str(root / "policies"), "-f", "json", "-o", str(out)]) == 1
    assert json.loads(out.read_bytes())["id"] == document["id"]


def test_the_starter_set_is_the_default(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["gate", f"dir:{root}/root"])
    assert "severe-and-fixable" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [(["-p", "nowhere"], 78), (["-p", "root"], 78), (["-p", "bad.yaml"], 78), ([], 65)],
)
def test_what_cannot_be_used_ends_with_its_code_and_no_document(
    words: list[str], code: int, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "bad.yaml").write_text("oakum: policy/1\n")
    target = "dir:/does/not/exist" if not words else f"dir:{root}/root"
    assert run(["gate", target, *words]) == code
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.startswith("oakum: ")
