from oakum.facts.catalogers.vcpkg_status import vcpkg_status
from oakum.model.fact import Package
from oakum.testing.files import read

PATH = "app/vcpkg_installed/vcpkg/status"


def entry(name: str, state: str = "install ok installed", **more: str) -> bytes:
    lines = [f"Package: {name}", "Version: 1.2", "Architecture: x64-linux", f"Status: {state}"]
    return "\n".join([*lines, *(f"{key}: {value}" for key, value in more.items())]).encode() + b"\n\n"


def test_the_last_paragraph_counts_and_features_are_no_packages() -> None:
    text = entry("a") + entry("b") + entry("a", "purge ok not-installed") + entry("b", Feature="ssl", Version="9")
    assert read(vcpkg_status, {PATH: text}) == [Package("vcpkg", "b", "1.2", PATH, arch="x64-linux")]


def test_edges_and_the_revision_of_the_port() -> None:
    (package,) = read(vcpkg_status, {PATH: entry("a", **{"Port-Version": "3", "Depends": "b, c:x64-linux, d[core]"})})
    assert isinstance(package, Package)
    assert package.depends == ("b", "c", "d")
    assert package.purl == "pkg:vcpkg/a@1.2?port_version=3"
