import json
from pathlib import Path

import pytest

from oakum.apps.cli.group import run


def test_the_inventory_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "root" / "node_modules" / "left-pad"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"name": "left-pad", "version": "1.3.0"}')
    out = tmp_path / "packages.json"
    assert run(["sbom", f"dir:{tmp_path / 'root'}", "-o", str(out), "--no-cache"]) == 0
    document = json.loads(out.read_bytes())
    assert [one["purl"] for one in document["packages"]] == ["pkg:npm/left-pad@1.3.0"]
    assert "findings" not in document
    assert not (tmp_path / "cache" / "facts.db").exists()


def test_a_target_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sbom"]) == 64
    assert "TARGET" in capsys.readouterr().err
