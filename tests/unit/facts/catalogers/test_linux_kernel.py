import struct

import pytest

from oakum.facts.catalogers.linux_kernel import linux_kernel
from oakum.model.fact import Package
from oakum.testing.files import read


def image(text: bytes, at: int = 0x100) -> bytes:
    """The beginning of a bootable image: the magic, the protocol, and where the text of the version stands."""
    header = b"HdrS" + struct.pack("<HIHH", 0x20F, 0, 0, at)
    return (bytes(0x202) + header).ljust(0x200 + at, b"\0") + text + bytes(50)


@pytest.mark.parametrize("path", ["boot/vmlinuz-6.1.0", "boot/vmlinuz", "usr/lib/modules/6.1.0/vmlinuz"])
def test_a_kernel_states_its_release(path: str) -> None:
    (fact,) = read(linux_kernel, {path: image(b"6.1.0-56-cloud-amd64 (who@example.org) #1 SMP")})
    assert isinstance(fact, Package)
    assert (fact.type, fact.name, fact.version) == ("generic", "linux-kernel", "6.1.0-56-cloud-amd64")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ" + bytes(900),
        image(b"no number"),
        image(b"", at=0),
        image(b"6.1.0 x")[:0x206],
        image(b"6.1", at=0xFFFF)[:0x300],
    ],
)
def test_one_that_states_none_is_a_kernel_without_version(data: bytes) -> None:
    assert read(linux_kernel, {"boot/vmlinuz": data}) == [Package("generic", "linux-kernel", "", "boot/vmlinuz")]
