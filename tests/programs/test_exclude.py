"""Leaving a part of a target out, and what is said of it."""

import json
from pathlib import Path

from tests.programs.conftest import Oakum


def test_what_is_excluded_is_not_listed_and_its_number_is(oakum: Oakum, tmp_path: Path) -> None:
    for folder, name in (("srv/app", "kept"), ("srv/old", "gone")):
        package = tmp_path / "root" / folder / "node_modules" / name / "package.json"
        package.parent.mkdir(parents=True)
        package.write_text(json.dumps({"name": name, "version": "1.0.0"}))
    target = f"rootfs:{tmp_path}/root"
    assert oakum("sbom", target).packages() == {"pkg:npm/kept@1.0.0", "pkg:npm/gone@1.0.0"}
    ended = oakum("sbom", target, "--exclude", "/srv/old", "--exclude", "**/none")
    assert ended.packages() == {"pkg:npm/kept@1.0.0"}
    (left,) = [gap for gap in ended.document["gaps"] if gap["kind"] == "left-out"]
    assert left["what"] == "left out as asked: 1 packages and 0 gaps in srv/old, **/none"
