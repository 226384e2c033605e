import sqlite3
from pathlib import Path

import pytest

from oakum.facts.catalogers.nix import nix
from oakum.kit.errors import DamagedError
from oakum.model.fact import Package
from oakum.testing.files import read

DATABASE = "nix/var/nix/db/db.sqlite"
HASH = "0a1b2c3d4f5g6h7i8j9k0l1m2n3p4q5r"


def seen(path: Path, *rows: tuple[str, str | None]) -> list[tuple[str, str]]:
    made = sqlite3.connect(path / "db")
    made.execute(
        "CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT, hash TEXT, registrationTime, deriver TEXT)"
    )
    made.executemany("INSERT INTO ValidPaths (path, deriver) VALUES (?, ?)", rows)
    made.commit()
    made.close()
    facts = read(nix, {DATABASE: (path / "db").read_bytes()})
    assert all(isinstance(fact, Package) and fact.guessed == "store path" for fact in facts)
    return [(fact.name, fact.version) for fact in facts if isinstance(fact, Package)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("openssl-3.0.14", [("openssl", "3.0.14")]),
        ("python3.12-requests-2.32.3", [("python3.12-requests", "2.32.3")]),
        ("gcc-wrapper-13", [("gcc-wrapper", "13")]),
        ("fix.patch", []),
        ("bash-5.2.drv", []),
        ("-1", []),
    ],
)
def test_a_version_begins_after_a_dash_that_no_letter_follows(
    name: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert seen(tmp_path, (f"/nix/store/{HASH}-{name}", None)) == expected


def test_the_outputs_of_a_derivation_are_one_package(tmp_path: Path) -> None:
    deriver = f"/nix/store/{HASH}-openssl-3.0.14.drv"
    rows = [(f"/nix/store/{HASH}-openssl-3.0.14{output}", deriver) for output in ("", "-bin", "-dev")]
    assert seen(tmp_path, *rows) == [("openssl", "3.0.14")]


def test_another_database_is_refused() -> None:
    with pytest.raises(DamagedError):
        read(nix, {DATABASE: b"x" * 200})
