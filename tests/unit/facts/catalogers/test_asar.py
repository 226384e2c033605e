import json
import struct
from typing import Any

import pytest

from oakum.facts import asar_tree
from oakum.facts.catalogers.asar import asar
from oakum.kit.errors import OakumError
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read


def archive(tree: dict[str, Any], content: bytes = b"") -> bytes:
    """An archive with this list of files, as asar's own tool writes it."""
    text = json.dumps({"files": tree}).encode()
    padded = text.ljust(-(-len(text) // 4) * 4, b"\0")
    return struct.pack("<4I", 4, len(padded) + 8, len(padded) + 4, len(text)) + padded + content


def seen(data: bytes) -> list[Fact]:
    return read(asar, {"opt/app.asar": data})


MANIFEST = b'{"name": "a", "version": "1"}'


def entry(offset: int = 0, size: int = len(MANIFEST)) -> dict[str, Any]:
    return {"size": size, "offset": str(offset)}


def test_a_manifest_in_the_archive_is_a_package() -> None:
    tree = {"x.js": entry(0, 3), "node_modules": {"files": {"a": {"files": {"package.json": entry(3)}}}}}
    (fact,) = seen(archive(tree, b"abc" + MANIFEST))
    assert isinstance(fact, Package)
    assert (fact.name, fact.version, fact.path) == ("a", "1", "opt/app.asar!/node_modules/a/package.json")


def test_one_that_is_no_json_is_a_gap_where_a_package_has_to_be() -> None:
    tree = {"node_modules": {"files": {"a": {"files": {"package.json": entry(0, 3)}}}}, "package.json": entry(0, 3)}
    (gap,) = seen(archive(tree, b"abc"))
    assert isinstance(gap, Gap)


@pytest.mark.parametrize(
    "node",
    [
        {"size": 3, "unpacked": True},
        {"link": "../x"},
        {"size": 3, "offset": "-1"},
        {"size": 3, "offset": "9" * 30},
        {"size": -3, "offset": "0"},
        {"size": "3", "offset": "0"},
        [],
        None,
    ],
)
def test_what_does_not_lie_in_the_archive_is_passed_over(node: object) -> None:
    assert seen(archive({"package.json": node}, MANIFEST)) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\4\0\0\0",
        archive({})[:20],
        b"PK\3\4" + bytes(99),
        struct.pack("<4I", 4, 2**32 - 1, 0, 9) + b"{}",
        struct.pack("<4I", 4, 16, 12, 5) + b"[[[[[" + bytes(9),
        archive({"package.json": entry(0, 2**30)}, MANIFEST),
        archive({"package.json": entry(5)}, MANIFEST),
        archive({"n" * 5000: {"files": {"package.json": entry()}}}, MANIFEST),
    ],
)
def test_a_damaged_or_hostile_archive_is_refused(data: bytes) -> None:
    with pytest.raises(OakumError):
        seen(data)


def test_more_files_than_any_program_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asar_tree, "ARCHIVE_ENTRIES", 5)
    with pytest.raises(OakumError):
        seen(archive({f"{number}": {} for number in range(6)}))


def test_folders_in_folders_do_not_recurse() -> None:
    tree: dict[str, Any] = {"package.json": entry()}
    for _ in range(200):
        tree = {"d": {"files": tree}}
    (fact,) = seen(archive(tree, MANIFEST))
    assert isinstance(fact, Package)
