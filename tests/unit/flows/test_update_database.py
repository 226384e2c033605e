import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import apsw
import pytest

from oakum.apps import wiring
from oakum.flows.update_database import Origin, Ports, Updated, update_database
from oakum.kit.errors import ConfigurationError, OakumError, TryLaterError, UnreadableError, UsageError
from oakum.model.advisory import AdvisoryKey, DatabaseInfo
from oakum.model.update_state import Validators
from oakum.ports.http import MissingError

URL = "https://mirror.example.org/osv"


class Mirror:
    """Serves a folder under ``URL``; what is in ``down`` cannot be reached."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.moved: list[str] = []
        self.down = ""
        self.validates = True

    def fetch(self, url: str, into: str, known: Validators | None = None) -> Validators | None:
        path = unquote(url.removeprefix(f"{URL}/"))
        self.asked.append(path)
        if path == self.down:
            raise TryLaterError(f"{url} answered HTTP 500")
        if not (self.folder / path).is_file():
            raise MissingError(f"{url} is not there")
        found = Validators(hashlib.sha256((self.folder / path).read_bytes()).hexdigest())
        if self.validates and found == known:
            return None
        shutil.copyfile(self.folder / path, into)
        self.moved.append(path)
        return found if self.validates else Validators()


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 2, 12, tzinfo=UTC)


def silent(line: str) -> None:
    del line


def archive(base: Path, ecosystem: str, name: str = "") -> None:
    source = base / f"{ecosystem} source"
    source.mkdir(parents=True)
    package = f'{{"ecosystem": "{ecosystem}", "name": "a"}}'
    record = f'{{"id": "{name or f"{ecosystem}-1"}", "affected": [{{"package": {package}, "versions": ["1"]}}]}}'
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
    return updated(tmp_path, mirror, *ecosystems, url=url).info


def updated(tmp_path: Path, mirror: Mirror, *ecosystems: str, url: str = URL, anew: bool = False) -> Updated:
    path = str(tmp_path / "cache" / "a.db")
    ports = Ports(mirror, wiring.advisory_writer(path), Noon(), wiring.update_states(path))
    return update_database(Origin(url, ecosystems, f"{path}.work", anew), ports, silent)


def names(info: DatabaseInfo) -> list[str]:
    return [one.name for one in info.sources]


def test_from_a_mirror(tmp_path: Path, base: Path) -> None:
    assert names(update(tmp_path, base)) == ["kev", "osv:PyPI", "osv:Rocky Linux"]
    assert sorted(os.listdir(tmp_path / "cache")) == ["a.db", "a.db.state"]


def test_from_a_folder(tmp_path: Path, base: Path) -> None:
    info = update(tmp_path, base, url=str(base))
    assert info.digest == update(tmp_path, base).digest
    assert sorted(os.listdir(tmp_path / "cache")) == ["a.db", "a.db.state"]


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
    assert sorted(os.listdir(tmp_path / "cache")) == ["a.db", "a.db.state"]


def test_a_mirror_that_fails_midway(tmp_path: Path, base: Path) -> None:
    with pytest.raises(TryLaterError):
        update(tmp_path, base, down="Rocky Linux/all.zip")
    assert sorted(os.listdir(tmp_path / "cache")) == []


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


def ids(tmp_path: Path, *ecosystems: str) -> list[str]:
    """The records that the database has of package ``a``."""
    keys = [AdvisoryKey(ecosystem, "a", "1") for ecosystem in ecosystems]
    known = wiring.open_advisories(str(tmp_path / "cache" / "a.db")).lookup(keys)
    return sorted(one.id for found in known.values() for one in found)


def changed(base: Path, ecosystem: str, record: str) -> None:
    """Another record in an ecosystem's archive."""
    shutil.rmtree(base / ecosystem)
    archive(base, ecosystem, record)


BOTH = ("PyPI", "Rocky Linux")


@pytest.mark.parametrize("validates", [True, False])
def test_where_nothing_changed_nothing_is_written(tmp_path: Path, base: Path, *, validates: bool) -> None:
    mirror = Mirror(base)
    mirror.validates = validates
    first = updated(tmp_path, mirror)
    before = (tmp_path / "cache" / "a.db").stat()
    mirror.moved.clear()
    again = updated(tmp_path, mirror)
    assert (first.changed, again.changed) == (True, False)
    assert again.info.digest == first.info.digest
    assert (tmp_path / "cache" / "a.db").stat() == before
    if validates:
        assert mirror.moved == ["ecosystems.txt"]


@pytest.mark.parametrize("folder", [True, False])
def test_only_what_changed_is_read_and_the_rest_is_carried_over(tmp_path: Path, base: Path, *, folder: bool) -> None:
    url = str(base) if folder else URL
    mirror = Mirror(base)
    first = updated(tmp_path, mirror, url=url)
    changed(base, "PyPI", "PyPI-2")
    mirror.moved.clear()
    second = updated(tmp_path, mirror, url=url)
    assert second.changed
    assert ids(tmp_path, *BOTH) == ["PyPI-2", "Rocky Linux-1"]
    assert names(second.info) == names(first.info)
    assert mirror.moved == ([] if folder else ["ecosystems.txt", "PyPI/all.zip"])
    whole = updated(tmp_path, mirror, url=url, anew=True)
    assert (whole.changed, whole.info.digest) == (True, second.info.digest)
    assert whole.info.ecosystems == second.info.ecosystems


def test_what_is_carried_over_answers_like_what_was_read(tmp_path: Path, base: Path) -> None:
    (base / "epss.csv").write_text("cve,epss,percentile\nCVE-2026-1000,0.5,0.9\n")
    url = str(base)
    updated(tmp_path, Mirror(base), url=url)
    for number in range(2, 5):
        changed(base, "Rocky Linux", f"R-{number}")
        updated(tmp_path, Mirror(base), url=url)
    database = wiring.open_advisories(str(tmp_path / "cache" / "a.db"))
    assert ids(tmp_path, *BOTH) == ["PyPI-1", "R-4"]
    assert {one.id for one in database.by_id(["PyPI-1", "R-4", "R-3"])} == {"PyPI-1", "R-4"}
    assert database.exploited(["CVE-2026-1000"])["CVE-2026-1000"].epss == 0.5


def test_an_ecosystem_that_is_not_taken_any_more_goes(tmp_path: Path, base: Path) -> None:
    updated(tmp_path, Mirror(base))
    assert names(updated(tmp_path, Mirror(base), "PyPI").info) == ["kev", "osv:PyPI"]
    assert ids(tmp_path, *BOTH) == ["PyPI-1"]


def test_a_database_that_was_damaged_meanwhile_is_made_anew(tmp_path: Path, base: Path) -> None:
    updated(tmp_path, Mirror(base))
    path = tmp_path / "cache" / "a.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:-4096] + b"\xff" * 4096)
    assert updated(tmp_path, Mirror(base)).changed
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"database": "", "state": {}}', b"[" * 100_000])
def test_a_state_that_cannot_be_read_costs_a_whole_update_and_nothing_else(
    tmp_path: Path, base: Path, content: bytes
) -> None:
    updated(tmp_path, Mirror(base))
    (tmp_path / "cache" / "a.db.state").write_bytes(content)
    assert updated(tmp_path, Mirror(base)).changed
    assert not updated(tmp_path, Mirror(base)).changed


def test_a_state_of_another_mirror_is_not_asked_after(tmp_path: Path, base: Path) -> None:
    updated(tmp_path, Mirror(base), url=str(base))
    mirror = Mirror(base)
    assert not updated(tmp_path, mirror).changed
    assert "PyPI/all.zip" in mirror.moved


def test_what_a_killed_update_left_is_removed(tmp_path: Path, base: Path) -> None:
    work = tmp_path / "cache" / "a.db.work"
    work.mkdir(parents=True)
    (work / "half").write_text("x")
    (tmp_path / "cache" / "a.db.new").write_text("half a database")
    updated(tmp_path, Mirror(base))
    assert sorted(os.listdir(tmp_path / "cache")) == ["a.db", "a.db.state"]


def test_a_link_in_the_place_of_the_work_folder_is_not_followed(tmp_path: Path, base: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("x")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "a.db.work").symlink_to(tmp_path / "precious")
    updated(tmp_path, Mirror(base))
    assert (tmp_path / "precious" / "file").exists()


def test_a_database_of_an_older_program_is_made_anew_and_of_a_newer_one_is_kept(tmp_path: Path, base: Path) -> None:
    path = tmp_path / "cache" / "a.db"
    updated(tmp_path, Mirror(base))
    apsw.Connection(str(path)).execute("PRAGMA user_version = 1")
    assert updated(tmp_path, Mirror(base)).changed
    apsw.Connection(str(path)).execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    for anew in (True, False):
        with pytest.raises(ConfigurationError, match="newer Oakum"):
            updated(tmp_path, Mirror(base), anew=anew)
    assert path.read_bytes() == before
