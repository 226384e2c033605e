import hashlib
import os
from pathlib import Path

import pytest

from oakum.adapters.sqlite.advisory_builder import AdvisoryBuilder
from oakum.adapters.sqlite.starter import open_starter
from oakum.kit.archive import zstd
from oakum.kit.errors import ConfigurationError
from oakum.model.advisory import Advisory, DatabaseInfo
from oakum.model.scheme import Scheme

INFO = DatabaseInfo("sha256:1", "2026-01-01T00:00:00Z", 1, starter=True)


def no_scheme(ecosystem: str) -> Scheme | None:
    del ecosystem
    return None


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    with AdvisoryBuilder(str(tmp_path / "a.db"), no_scheme) as writer:
        writer.add(Advisory("A", "osv:Test", "Test", "a"))
        writer.finish(INFO)
    path = tmp_path / "starter.db.zst"
    path.write_bytes(zstd.compress((tmp_path / "a.db").read_bytes()))
    return path


def test_is_unpacked_once_under_its_hash(packed: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "starter-of-an-older-version.db").write_bytes(b"x")
    assert open_starter(str(packed), str(cache), no_scheme).about() == INFO
    (name,) = os.listdir(cache)
    assert name == f"starter-{hashlib.sha256(packed.read_bytes()).hexdigest()[:16]}.db"
    before = (cache / name).stat().st_mtime_ns
    assert open_starter(str(packed), str(cache), no_scheme).about() == INFO
    assert (cache / name).stat().st_mtime_ns == before


def test_a_damaged_copy_is_unpacked_again(packed: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    open_starter(str(packed), str(cache), no_scheme)
    (name,) = os.listdir(cache)
    (cache / name).write_bytes(b"x")
    assert open_starter(str(packed), str(cache), no_scheme).about() == INFO


def test_without_a_cache_it_is_read_in_memory(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_starter(str(packed), str(tmp_path / "file" / "cache"), no_scheme).about() == INFO


@pytest.mark.parametrize("content", [b"", b"x", b"\x28\xb5\x2f\xfd", zstd.compress(b"no database")])
def test_damaged_data_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "starter.db.zst").write_bytes(content)
    with pytest.raises(ConfigurationError):
        open_starter(str(tmp_path / "starter.db.zst"), str(tmp_path / "cache"), no_scheme)
