import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from oakum.adapters.snapshot_file import MappedSnapshot
from oakum.apps import wiring
from oakum.apps.cli.group import run
from oakum.testing.images import Layer, oci_layout
from oakum.testing.registry import FakeRegistry

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


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry() as one:
        yield one


def test_images_of_a_registry_with_a_login_and_for_another_platform(
    here: Path, registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.login = "basic"
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    layer = Layer(files={"var/lib/dpkg/status": STATUS})
    arm = registry.put_image("team/shop", "", [layer], "arm64")
    registry.put_index("team/shop", "1", [arm])
    registry.put_index("team/shop", "2", [arm])
    names = [f"registry:{registry.host}/team/shop:{tag}" for tag in (1, 2)]
    access = ["--plain-http", registry.host, "--username", "ann", "--password-stdin", "--platform", "linux/arm64"]
    assert run(["snapshot", *names, *access, "-o", "snap", "--no-cache", "-q"]) == 0
    assert (here / "snap").exists()
    assert run(["snapshot", names[0], "--plain-http", registry.host, "-o", "other"]) == 77


def test_a_pin_of_the_data_holds_for_gates_too(here: Path) -> None:
    oci_layout(str(here / "layout"), [Layer(files={"var/lib/dpkg/status": STATUS})])
    run(["db", "build", "--from", str(base(here)), "--out", "a.db"])
    pinned = wiring.open_advisories("a.db").about().digest
    for words, judged in ((["snapshot", "-o", "snap"], 0), (["gate"], 2), (["scan"], 0)):  # 2: no distribution
        for db, code in ((f"a.db@{pinned}", judged), (f"a.db@sha256:{'0' * 64}", 78), ("a.db@sha256:0", 64)):
            assert run([*words, f"oci-layout:{here}/layout", "--db", db]) == code, (words, db)


def base(here: Path) -> Path:
    (here / "osv" / "Debian").mkdir(parents=True)
    affected = [{"package": {"ecosystem": "Debian:12", "name": "zlib"}, "versions": ["0.1"]}]
    record = {"id": "D-1", "modified": "2026-01-01T00:00:00Z", "affected": affected}
    (here / "osv" / "Debian" / "1.json").write_text(json.dumps(record))
    return here / "osv"
