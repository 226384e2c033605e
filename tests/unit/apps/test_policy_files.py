from pathlib import Path

import pytest

from oakum.apps.policy_files import policy_files, set_text
from oakum.flows.read_policies import read_policies
from oakum.kit.errors import ConfigurationError


def test_files_folders_and_the_starter_set_are_read(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "c.txt"):
        (tmp_path / name).write_text(name)
    found = list(policy_files([str(tmp_path), "starter", "no-latest", str(tmp_path / "c.txt")]))
    assert found[:2] == [str(tmp_path / "a.yml"), str(tmp_path / "b.yaml")]
    assert found[-2:] == ["no-latest.yaml", str(tmp_path / "c.txt")]
    assert "starter/known-exploited.yaml" in found
    assert "starter/small-enough.yaml" not in found


def test_a_set_as_one_text_is_the_set_without_its_tests() -> None:
    text = set_text("starter")
    assert read_policies({"x": text.encode()})
    names = [policy.name for policy in read_policies(policy_files(["starter"]))]
    assert [policy.name for policy in read_policies({"x": text.encode()})] == names
    assert "tests:" not in text


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        policy_files([str(tmp_path / "x.yaml")])
    with pytest.raises(ConfigurationError, match="holds no"):
        policy_files([str(tmp_path)])
    (tmp_path / "large.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(ConfigurationError, match="is larger than"):
        policy_files([str(tmp_path / "large.yaml")])
