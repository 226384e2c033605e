import pytest

from oakum.facts.catalogers.rpm_manifest import rpm_manifest
from oakum.model.fact import Gap, Package, SourcePackage
from oakum.testing.files import read

PATH = "var/lib/rpmmanifest/container-manifest-2"


def line(*, epoch: str = "0", source: str = "openssl-3.3.0-2.azl3.src.rpm") -> bytes:
    return f"openssl-libs\t3.3.0-2.azl3\t1\t2\tMicrosoft\t(none)\t5\tx86_64\t{epoch}\t{source}\n".encode()


@pytest.mark.parametrize(
    ("epoch", "version"), [("0", "3.3.0-2.azl3"), ("2", "2:3.3.0-2.azl3"), ("(none)", "3.3.0-2.azl3")]
)
def test_a_line_is_a_package(epoch: str, version: str) -> None:
    (package,) = read(rpm_manifest, {PATH: line(epoch=epoch)})
    assert package == Package(
        "rpm", "openssl-libs", version, PATH, arch="x86_64", source=SourcePackage("openssl", version)
    )


@pytest.mark.parametrize("data", [b"openssl\n", b"a\t\t\t\t\t\t\t\t\t\n", b"a\tb\n"])
def test_another_line_is_a_gap(data: bytes) -> None:
    (gap,) = read(rpm_manifest, {PATH: data})
    assert isinstance(gap, Gap)
