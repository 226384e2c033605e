from pathlib import Path

import pytest

from oakum.apps.policy_files import policy_files
from oakum.kit.errors import ConfigurationError


def test_files_folders_and_the_starter_set_are_read(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "c.txt"):
        (tmp_path / name).write_text(name)
    found = policy_files([str(tmp_path), "starter", str(tmp_path / "c.txt")])
    assert list(found) == [str(tmp_path / "a.yml"), str(tmp_path / "b.yaml"), "starter", str(tmp_path / "c.txt")]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        policy_files([str(tmp_path / "x.yaml")])
    with pytest.raises(ConfigurationError, match="holds no"):
        policy_files([str(tmp_path)])
    (tmp_path / "large.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(ConfigurationError, match="is larger than"):
        policy_files([str(tmp_path / "large.yaml")])
