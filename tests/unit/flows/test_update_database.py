import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from oakum.apps import wiring
from oakum.flows.update_database import Origin, Ports, update_database
from oakum.kit.errors import OakumError, TryLaterError, UnreadableError, UsageError
from oakum.model.advisory import DatabaseInfo
from oakum.ports.http import MissingError

URL = "https://mirror.example.org/osv"


class Mirror:
    """Serves a folder under ``URL``; what is in ``down`` cannot be reached."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.down = ""

    def fetch(self, url: str, into: str) -> None:
        path = unquote(url.removeprefix(f"{URL}/"))
        self.asked.append(path)
        if path == self.down:
            raise TryLaterError(f"{url} answered HTTP 500")
        if not (self.folder / path).is_file():
            raise MissingError(f"{url} is not there")
        shutil.copyfile(self.folder / path, into)


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 2, 12, tzinfo=UTC)


def silent(line: str) -> None:
    del line


def archive(base: Path, ecosystem: str) -> None:
    source = base / f"{ecosystem} source"
    source.mkdir(parents=True)
    package = f'{{"ecosystem": "{ecosystem}", "name": "a"}}'
    record = f'{{"id": "{ecosystem}-1", "affected": [{{"package": {package}, "versions": ["1"]}}]}}'
    (source / "A.json").write_text(record)
    (base / ecosystem).mkdir()
    shutil.make_archive(str(base / ecosystem / "all"), "zip", source)
    shutil.rmtree(source)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    base = tmp_path / "base"
    for ecosystem in ("PyPI", "Rocky Linux"):
        archive(base, ecosystem)
    (base / "ecosystems.txt").write_text("PyPI\nRocky Linux\nRocky Linux:9\n\n")
    (base / "kev.json").write_text('{"vulnerabilities": []}')
    return base


def update(tmp_path: Path, base: Path, *ecosystems: str, url: str = URL, down: str = "") -> DatabaseInfo:
    mirror = Mirror(base)
    mirror.down = down
    ports = Ports(mirror, wiring.advisory_writer(str(tmp_path / "cache" / "a.db")), Noon())
    return update_database(Origin(url, ecosystems, str(tmp_path / "cache")), ports, silent)


def names(info: DatabaseInfo) -> list[str]:
    return [one.name for one in info.sources]


def test_from_a_mirror(tmp_path: Path, base: Path) -> None:
    assert names(update(tmp_path, base)) == ["kev", "osv:PyPI", "osv:Rocky Linux"]
    assert os.listdir(tmp_path / "cache") == ["a.db"]


def test_from_a_folder(tmp_path: Path, base: Path) -> None:
    info = update(tmp_path, base, url=str(base))
    assert info.digest == update(tmp_path, base).digest
    assert os.listdir(tmp_path / "cache") == ["a.db"]


@pytest.mark.parametrize("folder", [True, False])
def test_only_the_chosen_ecosystems(tmp_path: Path, base: Path, *, folder: bool) -> None:
    url = str(base) if folder else URL
    (base / "ecosystems.txt").unlink()
    assert names(update(tmp_path, base, "PyPI", url=url)) == ["kev", "osv:PyPI"]


@pytest.mark.parametrize("folder", [True, False])
def test_a_partial_mirror_is_an_error_that_names_what_is_missing(tmp_path: Path, base: Path, *, folder: bool) -> None:
    update(tmp_path, base)
    before = (tmp_path / "cache" / "a.db").read_bytes()
    shutil.rmtree(base / "Rocky Linux")
    with pytest.raises(UnreadableError, match="Rocky Linux") as refused:
        update(tmp_path, base, url=str(base) if folder else URL)
    assert "--ecosystem" in refused.value.hint
    assert (tmp_path / "cache" / "a.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x05\x06" + b"\0" * 17])
def test_the_last_good_one_stays_when_new_data_are_broken(tmp_path: Path, base: Path, content: bytes) -> None:
    update(tmp_path, base)
    before = (tmp_path / "cache" / "a.db").read_bytes()
    (base / "PyPI" / "all.zip").write_bytes(content)
    with pytest.raises(OakumError, match=f"^{URL}/PyPI/all.zip"):
        update(tmp_path, base)
    assert (tmp_path / "cache" / "a.db").read_bytes() == before
    assert os.listdir(tmp_path / "cache") == ["a.db"]


def test_a_mirror_that_fails_midway(tmp_path: Path, base: Path) -> None:
    with pytest.raises(TryLaterError):
        update(tmp_path, base, down="Rocky Linux/all.zip")
    assert os.listdir(tmp_path / "cache") == []


@pytest.mark.parametrize("name", ["../PyPI", "/etc", ".hidden", "a/b", "a\0b", "x" * 200, "a\x1b[2J"])
@pytest.mark.parametrize("folder", [True, False])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, base: Path, name: str, *, folder: bool) -> None:
    (base / "ecosystems.txt").write_text(name)
    with pytest.raises(UnreadableError):
        update(tmp_path, base, url=str(base) if folder else URL)


def test_a_mirror_without_its_list_needs_a_choice(tmp_path: Path, base: Path) -> None:
    (base / "ecosystems.txt").unlink()
    with pytest.raises(UnreadableError, match=r"ecosystems\.txt"):
        update(tmp_path, base)


def test_a_base_that_is_nothing(tmp_path: Path, base: Path) -> None:
    with pytest.raises(UsageError):
        update(tmp_path, base, url=str(tmp_path / "none"))
