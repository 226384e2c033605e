"""Packages of rpm, in each of its databases; what the real tool writes is in ``tests/corpus`` and ``tests/live``."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pygorpmrustinfo
import pytest

from oakum.facts.catalogers.rpm import rpm
from oakum.kit import limits
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Owns, Package, SourcePackage
from oakum.testing.files import read
from oakum.testing.rpm_databases import bdb, ndb, rpm_header, rpm_package

NDB = "usr/lib/sysimage/rpm/Packages.db"
BDB = "var/lib/rpm/Packages"
SQLITE = "var/lib/rpm/rpmdb.sqlite"

BASH = rpm_package("bash", "5.1.8", "9.el9", sourcerpm="bash-5.1.8-9.el9.src.rpm")


def packages(facts: Sequence[Fact]) -> list[tuple[str, str]]:
    return [(fact.name, fact.version) for fact in facts if isinstance(fact, Package)]


def one(header: bytes) -> Package:
    (fact,) = read(rpm, {NDB: ndb([header])})
    assert isinstance(fact, Package)
    return fact


def sqlite(path: Path, headers: Sequence[bytes]) -> sqlite3.Connection:
    """A database of rpm's form, with its log on; the log is written back when the connection is closed."""
    made = sqlite3.connect(path, isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL")
    made.execute("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)")
    made.executemany("INSERT INTO Packages (blob) VALUES (?)", [(header,) for header in headers])
    return made


@pytest.mark.parametrize(("path", "write"), [(NDB, ndb), (BDB, bdb)])
def test_written_databases_are_read_alike_by_another_reader(
    path: str, write: Callable[[Sequence[bytes]], bytes], tmp_path: Path
) -> None:
    headers = [
        rpm_package(f"p{number}", "1", "2", epoch=number, vendor="v" * 9000 * number, modularitylabel="perl:5:1:2")
        for number in range(1, 9)
    ]
    data = write(headers)
    file = tmp_path / path.rpartition("/")[2]
    file.write_bytes(data)
    others = [(each["Name"], each["Version"], each["Epoch"]) for each in pygorpmrustinfo.get_rpm_db_info(str(file))]
    assert sorted(others) == [(f"p{number}", "1", number) for number in range(1, 9)]
    assert packages(read(rpm, {path: data})) == [(f"p{number}", f"{number}:1-2") for number in range(1, 9)]


def test_both_byte_orders_and_small_pages_of_berkeley_db_are_read() -> None:
    for order in "<>":
        assert packages(read(rpm, {BDB: bdb([BASH], order=order, page=512)})) == [("bash", "5.1.8-9.el9")]


def test_what_only_the_log_of_sqlite_has_is_read(tmp_path: Path) -> None:
    made = sqlite(tmp_path / "db", [BASH, rpm_package("big", "1", "1", vendor="v" * 40_000)])
    tree = {SQLITE: (tmp_path / "db").read_bytes(), SQLITE + "-wal": (tmp_path / "db-wal").read_bytes()}
    assert packages(read(rpm, tree)) == [("bash", "5.1.8-9.el9"), ("big", "1-1")]
    made.close()
    assert packages(read(rpm, {SQLITE: (tmp_path / "db").read_bytes(), SQLITE + "-wal": b""})) == packages(
        read(rpm, tree)
    )


def test_a_log_without_its_database_is_a_gap(tmp_path: Path) -> None:
    sqlite(tmp_path / "db", [BASH])
    (gap,) = read(rpm, {SQLITE + "-wal": (tmp_path / "db-wal").read_bytes()})
    assert isinstance(gap, Gap)
    assert "another layer" in gap.what


def test_an_epoch_of_zero_is_left_out_as_one_that_is_not_stated() -> None:
    assert one(rpm_package("a", "1", "2", epoch=0)).version == "1-2"
    assert one(rpm_package("a", "1", "2")).version == "1-2"
    assert one(rpm_package("a", "1", "2", epoch=3)).version == "3:1-2"


def test_the_source_has_the_epoch_where_it_has_the_version() -> None:
    same = one(rpm_package("openssl-libs", "1.1", "2", epoch=1, sourcerpm="openssl-1.1-2.src.rpm"))
    other = one(rpm_package("perl-Encode", "3.1", "2", epoch=4, sourcerpm="perl-5.32-480.nosrc.rpm"))
    assert same.source == SourcePackage("openssl", "1:1.1-2")
    assert other.source == SourcePackage("perl", "5.32-480")
    assert one(rpm_package("a", "1", "2", sourcerpm="(none)")).source is None


def test_keys_are_no_packages_and_modules_are_kept() -> None:
    key = rpm_package("gpg-pubkey", "39db7c82", "5f68629b")
    module = rpm_package("nodejs", "18", "1.module+el8", modularitylabel="nodejs:18:8080020230718:63b34585")
    (fact,) = read(rpm, {NDB: ndb([key, module])})
    assert isinstance(fact, Package)
    assert fact.module == "nodejs:18:8080020230718:63b34585"


def test_needs_lead_to_who_provides_them_and_name_a_version_where_several_are_there() -> None:
    headers = [
        rpm_package("app", "1", "1", requirename=["lib.so", "/usr/bin/sh", "kernel", "rpmlib(x)", "app"]),
        rpm_package("lib", "1", "1", providename=["lib.so"]),
        rpm_package("bash", "5", "1", dirnames=["/usr/bin/"], basenames=["sh"], dirindexes=[0]),
        rpm_package("kernel", "4", "1"),
        rpm_package("kernel", "4", "2"),
    ]
    facts = [fact for fact in read(rpm, {NDB: ndb(headers)}) if isinstance(fact, Package)]
    assert facts[0].depends == ("bash", "kernel 4-1", "kernel 4-2", "lib")


def test_files_are_owned_but_not_manuals() -> None:
    header = rpm_package(
        "six", "1", "1", dirnames=["/usr/lib/python3/", "/usr/share/man/man1/", "/"], basenames=["six.py", "a.1", "x"],
        dirindexes=[0, 1, 2],
    )  # fmt: skip
    _, owns = read(rpm, {NDB: ndb([header])})
    assert isinstance(owns, Owns)
    assert (owns.name, owns.files) == ("six", "usr/lib/python3/six.py\nx")


def test_packages_of_rpm_3_list_whole_paths() -> None:
    _, owns = read(rpm, {NDB: ndb([rpm_package("old", "1", "1", oldfilenames=["/bin/x"])])})
    assert isinstance(owns, Owns)
    assert owns.files == "bin/x"


def test_one_broken_header_costs_itself_alone() -> None:
    data = bytearray(ndb([BASH, BASH]))
    data[4096 + 40] ^= 1
    package, gap = read(rpm, {NDB: bytes(data)})
    assert isinstance(package, Package)
    assert isinstance(gap, Gap)
    assert gap.what.startswith("a place of the package database cannot be read")


def test_a_nameless_package_is_a_gap() -> None:
    (gap,) = read(rpm, {NDB: ndb([rpm_header(version="1")])})
    assert isinstance(gap, Gap)


@pytest.mark.parametrize("data", [b"", b"\0" * 600, b"RpmP" + b"\xff" * 60, b"SQLite format 3\0" + b"\0" * 100])
@pytest.mark.parametrize("path", [NDB, BDB, SQLITE])
def test_what_is_no_database_is_a_gap(path: str, data: bytes) -> None:
    (gap,) = read(rpm, {path: data})
    assert isinstance(gap, Gap)
    assert gap.kind == gaps.UNREADABLE_FILE


def test_files_that_claim_a_long_folder_again_and_again_pass_a_limit() -> None:
    count = limits.OWNED_CHARACTERS // 4000 + 1
    bomb = rpm_package(
        "bomb", "1", "1", dirnames=["/" + "d" * 4000 + "/"], basenames=["x"] * count, dirindexes=[0, *[0] * (count - 1)]
    )
    facts = read(rpm, {NDB: ndb([BASH, bomb, BASH])})
    assert packages(facts) == [("bash", "5.1.8-9.el9")]
    assert [fact.kind for fact in facts if isinstance(fact, Gap)] == [gaps.LIMIT]
