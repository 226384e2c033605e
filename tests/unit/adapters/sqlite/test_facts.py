import os
import stat
from pathlib import Path

import apsw
import pytest

from oakum.adapters.sqlite.facts import FactCache
from oakum.model.artifact import Artifact
from oakum.model.confinement import Confinement
from oakum.model.fact import Package
from oakum.model.layer_facts import Outcome, Tree
from oakum.model.reading import Opened

TREE = Tree(b"names", ("gone",), ("hidden",))
OUTCOME = Outcome("dpkg", 2, (Package("deb", "a", "1", "var/lib/dpkg/status"),))
ARTIFACT = Opened(Artifact(reference="t", kind="dir"), Confinement(landlock=4, seccomp=True))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "cache" / "facts.db")


def filled(path: str) -> FactCache:
    cache = FactCache(path)
    cache.put_layer("sha256:1", TREE, [OUTCOME])
    cache.put_artifact("identity", ARTIFACT)
    return cache


def test_what_is_kept_is_known_again_by_digest_and_version(path: str) -> None:
    filled(path).close()
    cache = FactCache(path)
    assert cache.artifact("identity") == ARTIFACT
    assert cache.layer("sha256:1", {"dpkg": 2}) == (TREE, [OUTCOME])
    assert cache.layer("sha256:1", {"dpkg": 3}) == (TREE, [])
    assert cache.layer("sha256:2", {"dpkg": 2}) == (None, ())
    assert cache.artifact("other") is None
    assert cache.trouble == ""
    cache.close()


def test_nothing_is_kept_without_a_path() -> None:
    cache = filled("")
    assert (cache.artifact("identity"), cache.layer("sha256:1", {"dpkg": 2}), cache.trouble) == (None, (None, ()), "")


def test_it_is_private(path: str) -> None:
    cache = filled(path)
    for file in [Path(path).parent, *Path(path).parent.iterdir()]:
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
    cache.close()


@pytest.mark.parametrize("version", [1, 999_999])
def test_a_file_of_another_program_is_left_alone(path: str, version: int) -> None:
    filled(path).close()
    connection = apsw.Connection(path)
    connection.pragma("user_version", version)
    connection.close()
    before = Path(path).read_bytes()
    cache = FactCache(path)
    assert (cache.artifact("identity"), cache.trouble) == (None, "")
    cache.close()
    filled(path).close()
    assert Path(path).read_bytes() == before
    assert filled(path).artifact("identity") == ARTIFACT


@pytest.mark.parametrize(
    "statement", ["update artifact set body = 1", "update artifact set body = x'c1'", "drop table artifact"]
)
def test_rows_that_cannot_be_read_are_a_loss_and_no_error(path: str, statement: str) -> None:
    filled(path).close()
    connection = apsw.Connection(path)
    connection.execute(statement)
    connection.close()
    cache = FactCache(path)
    assert cache.artifact("identity") is None
    assert path in cache.trouble
    cache.put_artifact("identity", ARTIFACT)
    assert cache.layer("sha256:1", {}) == (None, ())
    cache.close()


def test_forms_that_nobody_used_for_long_are_removed(path: str) -> None:
    filled(path).close()
    connection = apsw.Connection(path)
    connection.pragma("user_version", 1)
    connection.close()
    folder = Path(path).parent
    for name in ("facts-1.db", "facts-2.db", "facts-x.db", "advisories.db"):
        (folder / name).write_text("")
        os.utime(folder / name, (0, 0) if name != "facts-2.db" else None)
    filled(path).close()
    left = {one.name for one in folder.iterdir()}
    assert {"facts.db", "facts-2.db", "facts-x.db", "advisories.db"} <= left
    assert "facts-1.db" not in left


def test_two_share_one_file(path: str) -> None:
    first, second = FactCache(path), FactCache(path)
    first.put_artifact("identity", ARTIFACT)
    assert second.artifact("identity") == ARTIFACT
    second.put_layer("sha256:1", TREE, [OUTCOME])
    assert first.layer("sha256:1", {"dpkg": 2})[0] == TREE
    first.close()
    second.close()
