import gzip
from pathlib import Path

import pytest

from oakum.intel.feed import ExploitedCve
from oakum.intel.feeds.epss import epss
from oakum.kit import limits
from oakum.kit.errors import LimitError
from oakum.model.advisory import Exploited, SourceRevision

HEAD = b"#model_version:v2026.01.01,score_date:2026-01-02T00:00:00+0000\ncve,epss,percentile\n"


def test_reads_scores_packed_or_not(tmp_path: Path) -> None:
    content = HEAD + b"CVE-2026-1000,0.04919,0.91446\nCVE-2026-1001,2e-05,0\nCVE-2026-1002,7,0.1\nCVE-1,0,0\nx\n"
    (tmp_path / "epss.csv").write_bytes(content)
    plain = list(epss.read(str(tmp_path), {}))
    (tmp_path / "epss.csv.gz").write_bytes(gzip.compress(content))
    (tmp_path / "epss.csv").unlink()
    assert list(epss.read(str(tmp_path), {}))[:-1] == plain[:-1]
    assert plain[0] == ExploitedCve("CVE-2026-1000", Exploited("", 0.04919, 0.91446), "epss")
    assert plain[1] == ExploitedCve("CVE-2026-1001", Exploited("", 2e-05, 0.0), "epss")
    source = plain[-1]
    assert isinstance(source, SourceRevision)
    assert (source.records, source.skipped, source.newest) == (2, 3, "2026-01-02")


def test_the_first_line_is_part_of_the_revision(tmp_path: Path) -> None:
    revisions = set()
    for day in (b"2026-01-01", b"2026-01-02"):
        (tmp_path / "epss.csv").write_bytes(HEAD.replace(b"2026-01-02", day) + b"CVE-2026-1000,0.1,0.2\n")
        source = list(epss.read(str(tmp_path), {}))[-1]
        assert isinstance(source, SourceRevision)
        revisions.add(source.revision)
    assert len(revisions) == 2


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FEED_FILE_BYTES", 100_000)
    (tmp_path / "epss.csv.gz").write_bytes(gzip.compress(b"0" * 1_000_000))
    with pytest.raises(LimitError):
        list(epss.read(str(tmp_path), {}))
