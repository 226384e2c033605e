from pathlib import Path

import pytest

from oakum.adapters.snapshot_file import MappedSnapshot
from oakum.apps.cli.group import run
from oakum.testing.images import Layer, oci_layout

STATUS = b"Package: zlib1g\nStatus: install ok installed\nVersion: 1\n\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("OAKUM_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_images_are_found_in_it_by_their_ids(here: Path) -> None:
    oci_layout(str(here / "layout"), [Layer(files={"var/lib/dpkg/status": STATUS})])
    assert run(["snapshot", f"oci-layout:{here}/layout", "-o", "snap", "--greatest-age", "2"]) == 0
    snapshot = MappedSnapshot("snap")
    assert snapshot.greatest_age == 7200
    assert {policy.name for policy in snapshot.policies} >= {"known-exploited", "no-privileged-containers"}


@pytest.mark.parametrize(
    ("words", "code"),
    [([], 64), (["dir:."], 64), (["dir:/does/not/exist"], 65), (["oci-layout:layout", "-p", "x"], 78)],
)
def test_what_gates_could_not_use_is_refused_and_nothing_is_written(words: list[str], code: int, here: Path) -> None:
    oci_layout(str(here / "layout"), [Layer(files={"var/lib/dpkg/status": STATUS})])
    assert run(["snapshot", *words, "-o", "snap"]) == code
    assert not (here / "snap").exists()
