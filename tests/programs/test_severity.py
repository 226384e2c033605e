"""A scan by data with CVE records: whose rating it takes, what it does not count, and what the gate says."""

import json
from pathlib import Path
from typing import Any

import pytest

from oakum.apps.cli.group import run

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
RATED, REJECTED, BARE = "CVE-2026-1000", "CVE-2026-1001", "CVE-2026-1002"


def _listed(base: Path, cve: str, state: str, cna: dict[str, Any]) -> None:
    about = {"cveId": cve, "state": state, "assignerShortName": "example", "dateUpdated": "2026-02-01T00:00:00Z"}
    (base / "cves" / f"{cve}.json").write_text(json.dumps({"cveMetadata": about, "containers": {"cna": cna}}))


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One package with three flaws that no source rates: one rated by its CVE record, one rejected, one bare."""
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    base = tmp_path / "base"
    (base / "PyPI").mkdir(parents=True)
    (base / "cves").mkdir()
    for number, cve in enumerate((RATED, REJECTED, BARE)):
        affected = [{"package": {"ecosystem": "PyPI", "name": "a"}, "versions": ["1"]}]
        record = {"id": f"P-{number}", "aliases": [cve], "modified": "2026-01-01T00:00:00Z", "affected": affected}
        (base / "PyPI" / f"{number}.json").write_text(json.dumps(record))
    _listed(base, RATED, "PUBLISHED", {"metrics": [{"cvssV3_1": {"vectorString": VECTOR}}]})
    _listed(base, REJECTED, "REJECTED", {"rejectedReasons": [{"lang": "en", "value": "it was no flaw"}]})
    assert run(["db", "update", "--from", str(base)]) == 0
    place = tmp_path / "root" / "lib" / "a-1.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: a\nVersion: 1\n\n")
    return f"rootfs:{tmp_path}/root"


def test_the_record_s_rating_is_taken_and_what_was_rejected_is_told_but_not_counted(
    target: str, tmp_path: Path
) -> None:
    out = tmp_path / "report.json"
    assert run(["scan", target, "-f", "json", "-o", str(out), "--allow-unknown", "--fail-on", "critical"]) == 1
    report = json.loads(out.read_text())
    found = {one["id"]: one for one in report["vulnerabilities"]}
    assert found.keys() == {RATED, BARE}
    said = {"rating": "critical", "origin": "cna", "score": 9.8, "vector": VECTOR}
    assert found[RATED]["severity"] == said
    assert found[RATED]["ratings"] == [{**said, "by": "example"}]
    assert found[BARE]["severity"]["rating"] == "unscored"
    (fallen,) = [one for one in report["suppressed"] if one["advisory"] == REJECTED]
    assert fallen["reason"].endswith("it was no flaw")


@pytest.mark.parametrize(
    ("words", "code"),
    [("unscored", 1), ("critical", 1), ("kev", 0), ("epss:0.5", 2), ("old-data", 1), ("data-age:1d", 0)],
)
def test_the_gate_asks_for_what_its_words_say(target: str, tmp_path: Path, words: str, code: int) -> None:
    kept = ["-f", "json", "-o", str(tmp_path / "report.json")]
    blind = [] if code == 2 else ["--allow-unknown"]
    assert run(["scan", target, *kept, *blind, "--fail-on", words]) == code
