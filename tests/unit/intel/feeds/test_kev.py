import json
from pathlib import Path

from oakum.intel.feed import ExploitedCve
from oakum.intel.feeds.kev import kev
from oakum.model.advisory import Exploited, SourceRevision


def test_keeps_the_date_and_counts_what_is_off(tmp_path: Path) -> None:
    entries = [
        {"cveID": "CVE-2026-1000", "dateAdded": "2026-01-01", "product": "a"},
        {"cveID": "CVE-2026-1001\x1b[31m", "dateAdded": "2026-01-01"},
        {"cveID": "CVE-2026-1002", "dateAdded": "yesterday"},
        {"cveID": 7},
        [],
    ]
    (tmp_path / "kev.json").write_text(json.dumps({"vulnerabilities": entries}))
    known, source = kev.read(str(tmp_path), {})
    assert known == ExploitedCve("CVE-2026-1000", Exploited(kev="2026-01-01"), "kev")
    assert isinstance(source, SourceRevision)
    assert (source.name, source.records, source.skipped, source.newest) == ("kev", 1, 4, "2026-01-01")
