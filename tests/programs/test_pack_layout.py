import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCRIPT = os.path.join(ROOT, "bench", "pack_layout.py")


def _package(folder: Path, name: str) -> None:
    (folder / "node_modules" / name).mkdir(parents=True)
    (folder / "node_modules" / name / "package.json").write_text(f'{{"name": "{name}", "version": "1.0.0"}}')


def _packages(tmp_path: Path, *layers: Path) -> list[str]:
    base, out = tmp_path / "base.tar", tmp_path / "oci"
    with tarfile.open(base, "w") as tar:
        tar.add(layers[0], ".")
    subprocess.run([sys.executable, SCRIPT, str(out), str(base), *map(str, layers[1:])], check=True)
    words = [sys.executable, "-m", "oakum", "sbom", f"oci-layout:{out}", "-f", "json"]
    environment = {**os.environ, "OAKUM_CACHE_DIR": str(tmp_path / "cache")}
    ran = subprocess.run(words, env=environment, check=True, capture_output=True, timeout=60)
    document = json.loads(ran.stdout)
    assert "damaged-layer" not in {gap["kind"] for gap in document["gaps"]}
    return sorted(one["name"] for one in document["packages"])


def test_a_layout_of_two_layers_holds_the_packages_of_both(tmp_path: Path) -> None:
    _package(tmp_path / "1", "below")
    _package(tmp_path / "2", "above")
    assert _packages(tmp_path, tmp_path / "1", tmp_path / "2") == ["above", "below"]


@pytest.mark.live("root")
def test_what_an_overlay_removes_and_hides_is_gone(tmp_path: Path) -> None:
    for name in ("kept", "removed"):
        _package(tmp_path / "1", name)
    _package(tmp_path / "1" / "srv", "hidden")
    _package(tmp_path / "2" / "srv", "seen")
    (tmp_path / "2" / "node_modules").mkdir()
    try:
        os.mknod(tmp_path / "2" / "node_modules" / "removed", 0o020000, os.makedev(0, 0))
        os.setxattr(tmp_path / "2" / "srv", "trusted.overlay.opaque", b"y")
    except OSError as error:
        pytest.skip(f"this machine lets root make no whiteout: {error}")
    assert _packages(tmp_path, tmp_path / "1", tmp_path / "2") == ["kept", "seen"]
