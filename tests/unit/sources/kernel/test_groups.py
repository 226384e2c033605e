from pathlib import Path

import pytest

from oakum.kit import limits
from oakum.sources.kernel.groups import containers

ID = "7e" * 32


def test_containers_are_found_by_the_inodes_of_their_groups(tmp_path: Path) -> None:
    inner = tmp_path / "docker" / ID / "init.scope"
    inner.mkdir(parents=True)
    (tmp_path / "user.slice").mkdir()
    found = containers(str(tmp_path))
    assert found == {inner.stat().st_ino: ID, inner.parent.stat().st_ino: ID}


def test_no_more_groups_are_read_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONTROL_GROUPS", 3)
    for one in range(9):
        (tmp_path / f"{one:064x}").mkdir()
    assert len(containers(str(tmp_path))) == 2


def test_a_hierarchy_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert containers(str(tmp_path / "none")) == {}
