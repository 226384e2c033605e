"""Packages of rpm as files; what rpmbuild itself writes is in ``tests/corpus``."""

from struct import pack

import pytest

from oakum.facts.catalogers.rpm_archive import rpm_archive
from oakum.kit.errors import DamagedError, LimitError
from oakum.model.fact import Gap, Package
from oakum.testing.files import read
from oakum.testing.rpm_databases import rpm_header, rpm_package

PATH = "pool/demo.rpm"
MAGIC = b"\x8e\xad\xe8\x01" + bytes(4)
SOURCE = "demo-1-2.src.rpm"


def rpm(header: bytes, signatures: bytes = pack(">2I", 0, 3) + b"sig") -> bytes:
    start = bytes.fromhex("edabeedb").ljust(96, b"\0") + MAGIC + signatures
    return start + bytes(-len(start) % 8) + MAGIC + header + b"what is packed"


def one(header: bytes) -> Package:
    (fact,) = read(rpm_archive, {PATH: rpm(header)})
    assert isinstance(fact, Package)
    return fact


def test_the_second_header_names_the_package() -> None:
    found = one(rpm_package("demo", "1", "2", epoch=3, sourcerpm=SOURCE))
    assert (found.name, found.version, found.arch, found.purl) == ("demo", "3:1-2", "x86_64", "")


def test_a_package_without_a_source_is_one_itself() -> None:
    found = one(rpm_package("demo", "1", "2"))
    assert found.arch == "src"
    assert found.source is not None
    assert found.source.name == "demo"


@pytest.mark.parametrize(
    ("vendor", "release", "distro"),
    [
        ("Red Hat, Inc.", "6.el9_4", "rhel-9"),
        ("Red Hat, Inc.", "1.module+el8.9.0+19699+7a7b", "rhel-8"),
        ("Red Hat, Inc.", "1.rhaos4.14.el9", ""),
        ("Red Hat, Inc.", "1.el8cp", ""),
        ("Red Hat, Inc.", "1", ""),
        ("AlmaLinux", "1.module_el8.6.0+2735+1.alma.1", "almalinux-8"),
        ("Rocky", "1.el8.rocky.0.1", "rocky-8"),
        ("Rocky Enterprise Software Foundation", "1.el10_0", "rocky-10"),
        ("Microsoft Corporation", "5.azl3", "azurelinux-3"),
        ("Microsoft Corporation", "1", ""),
        ("Fedora Project", "1.fc40", "fedora-40"),
        ("Fedora Project", "1.el9", ""),
        ("Mageia.Org", "1.mga9", "mageia-9"),
        ("Amazon Linux", "1.amzn2023.0.2", "amzn-2023"),
        ("A Person", "1.el9", ""),
        ("", "1.el9", ""),
    ],
)
def test_the_release_is_named_where_vendor_and_mark_leave_no_doubt(vendor: str, release: str, distro: str) -> None:
    purl = one(rpm_package("demo", "1", release, vendor=vendor, sourcerpm=SOURCE)).purl
    assert (f"distro={distro}" in purl) if distro else not purl


@pytest.mark.parametrize(
    ("distribution", "distro"),
    [("openSUSE Leap 15.5", "opensuse-leap-15.5"), ("openSUSE Tumbleweed", ""), ("SUSE Linux Enterprise 15", "")],
)
def test_opensuse_names_its_release(distribution: str, distro: str) -> None:
    found = one(rpm_package("demo", "1", "2", vendor="openSUSE", distribution=distribution, sourcerpm=SOURCE))
    assert (f"distro={distro}" in found.purl) if distro else not found.purl


def test_without_a_name_it_is_a_gap() -> None:
    (gap,) = read(rpm_archive, {PATH: rpm(rpm_header(version="1", vendor="AlmaLinux", release="1.el9"))})
    assert isinstance(gap, Gap)


WHOLE = rpm(rpm_package("demo", "1", "2"))


@pytest.mark.parametrize(
    "data", [b"", b"PK", WHOLE[:50], WHOLE[:100], WHOLE[:130], WHOLE[:200], WHOLE[:96] + bytes(99)]
)
def test_what_is_none_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read(rpm_archive, {PATH: data})


@pytest.mark.parametrize("counts", [(1 << 31, 0), (0, 1 << 31), (0xFFFFFFFF, 0xFFFFFFFF)])
def test_a_header_has_a_bound(counts: tuple[int, int]) -> None:
    with pytest.raises(LimitError):
        read(rpm_archive, {PATH: rpm(pack(">2I", *counts))})
    with pytest.raises(LimitError):
        read(rpm_archive, {PATH: rpm(b"", signatures=pack(">2I", *counts))})
