"""Explaining a vulnerability in an image of several layers, by data with CVE records."""

import json
from pathlib import Path

import pytest

from oakum.apps.cli.group import run
from oakum.testing.images import Layer, oci_layout

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An image whose third layer removes a package, and a database that knows a vulnerability of it."""
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    metadata = b"Metadata-Version: 2.1\nName: Py_YAML\nVersion: 5.3\n\n"
    added = Layer(files={"app/py_yaml-5.3.dist-info/METADATA": metadata})
    oci_layout(str(tmp_path / "image"), [added, Layer(), Layer(whiteouts=["app/py_yaml-5.3.dist-info"])])
    base = tmp_path / "base"
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "6"}]}]
    affected = [{"package": {"ecosystem": "PyPI", "name": "py-yaml"}, "ranges": ranges}]
    (base / "PyPI").mkdir(parents=True)
    record = {"id": "PYSEC-1", "aliases": ["CVE-2026-1000"], "affected": affected}
    (base / "PyPI" / "PYSEC-1.json").write_text(json.dumps(record))
    (base / "cves").mkdir()
    about = {"cveId": "CVE-2026-1000", "state": "PUBLISHED", "assignerShortName": "example"}
    cna = {"metrics": [{"cvssV3_1": {"vectorString": VECTOR}}]}
    (base / "cves" / "CVE-2026-1000.json").write_text(json.dumps({"cveMetadata": about, "containers": {"cna": cna}}))
    assert run(["db", "update", "--from", str(base)]) == 0
    return [f"oci-layout:{tmp_path}/image"]


def test_a_removed_package_is_named_with_both_layers_and_the_ratings_with_their_authors(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["explain", *words, "CVE-2026-1000"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "no package is known to be affected" in text
    assert "not counted: Py_YAML 5.3 (layer #0)" in text
    assert "layer #2 took it away: whoever has the image can still read it in layer #0" in text
    assert f"critical 9.8 by example ({VECTOR})" in text
