import json
import struct

import pytest

from oakum.facts.catalogers.elf_package_note import elf_package_note
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Gap, Package
from oakum.testing.files import read
from oakum.testing.programs import with_notes


def noted(*payloads: bytes, order: str = "<", kind: int = 0xCAFE1A7E, owner: bytes = b"FDO\0") -> bytes:
    """A program whose notes hold these payloads, after one that is not about packages."""
    held = struct.pack(order + "III", 4, 4, 1) + b"GNU\0" + b"abcd"
    for payload in payloads:
        text = payload + b"\0" * (4 - len(payload) % 4)
        held += struct.pack(order + "III", len(owner), len(text), kind) + owner + text
    return with_notes({200: held}, wide=order == "<", size=200)


def note(**keys: object) -> bytes:
    return json.dumps({"type": "deb", "name": "tiny", "version": "1-1", **keys}).encode()


def package(payload: bytes) -> Package:
    (fact,) = read(elf_package_note, {"bin/x": noted(payload)})
    assert isinstance(fact, Package)
    return fact


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_note_is_the_package_that_it_names(order: str) -> None:
    (fact,) = read(elf_package_note, {"bin/x": noted(note(os="Debian", architecture="amd64"), order=order)})
    assert isinstance(fact, Package)
    assert (fact.type, fact.name, fact.version, fact.arch, fact.path) == ("deb", "tiny", "1-1", "amd64", "bin/x")
    assert fact.purl == "pkg:deb/debian/tiny@1-1?arch=amd64&distro=debian"


@pytest.mark.parametrize(
    ("keys", "distro"),
    [
        ({"os": "wolfi"}, "wolfi"),
        ({"os": "mariner", "osVersion": "3.0"}, "mariner-3.0"),
        ({"osCpe": "cpe:/o:fedoraproject:fedora:40"}, "fedora-40"),
        ({"osCpe": "cpe:2.3:o:redhat:enterprise_linux:10:*:*:*:*:*:*:*"}, "rhel-10"),
        ({"osCpe": "cpe:/o:rocky:rocky:10::baseos"}, "rocky-10"),
        ({"osCpe": "cpe:2.3:o:wolfi:wolfi:*"}, "wolfi"),
    ],
)
def test_the_distribution_that_it_names(keys: dict[str, str], distro: str) -> None:
    assert package(note(**keys)).purl.endswith(f"distro={distro}")


@pytest.mark.parametrize(
    "keys", [{}, {"os": 3}, {"osCpe": "cpe:/a:x:y:1"}, {"osCpe": "cpe:/o:x::1"}, {"os": "x" * 2000}]
)
def test_a_note_that_names_none(keys: dict[str, object]) -> None:
    assert package(note(**keys)).purl == ""


def test_the_same_note_twice_is_one_package() -> None:
    assert len(read(elf_package_note, {"bin/x": noted(note(), note(), note(version="2"))})) == 2
    assert len(read(elf_package_note, {"bin/x": noted(*(note(version=str(one)) for one in range(99)))})) == 4


def test_other_notes_say_nothing() -> None:
    assert read(elf_package_note, {"bin/x": noted(note(), kind=0x407C0C0A)}) == []
    assert read(elf_package_note, {"bin/x": noted(note(), owner=b"ODF\0")}) == []
    assert read(elf_package_note, {"bin/x": noted() + note() + b"FDO\0"}) == []


def test_a_package_of_a_type_that_is_not_known_is_a_gap() -> None:
    (gap,) = read(elf_package_note, {"bin/x": noted(note(type="acme"))})
    assert isinstance(gap, Gap)
    (gap,) = read(elf_package_note, {"bin/x": noted(note(name="x" * 2000))})
    assert isinstance(gap, Gap)


@pytest.mark.parametrize(
    "data",
    [
        noted(b"{"),
        noted(b"[" * 9_999),
        noted(b'{"type": "deb"}'),
        noted(note(version=7)),
        noted(note(name="")),
        noted(b'{"type": "\xff"}'),
        noted(note())[:-20],
    ],
)
def test_a_note_that_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(elf_package_note, {"bin/x": data})
